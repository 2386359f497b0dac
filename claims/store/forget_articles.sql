-- After remove_articles.sql, of articles that are not stored again: where they stood, and what was
-- kept of their claims in case these are found again.

DELETE FROM article_addresses
WHERE article_id IN (FROM new_articles);

DELETE FROM claim_vectors
WHERE claim_id IN (FROM old_claims);

-- The others of its stories stay together.
DELETE FROM story_links
WHERE article_id IN (FROM new_articles) OR other_id IN (FROM new_articles);

DELETE FROM article_terms
WHERE article_id IN (FROM new_articles);

DELETE FROM article_vectors
WHERE article_id IN (FROM new_articles);

DELETE FROM story_articles
WHERE article_id IN (FROM new_articles);

DELETE FROM stories
WHERE story_id NOT IN (SELECT story_id FROM story_articles);

UPDATE stories
SET central_article_id = (
    SELECT min(article_id)
    FROM story_articles
    WHERE story_articles.story_id = stories.story_id
)
WHERE central_article_id IN (FROM new_articles);
