-- After remove_articles.sql, of articles that are not stored again: where they stood, and what was
-- kept of their claims in case these are found again.

DELETE FROM article_addresses
WHERE article_id IN (FROM new_articles);

DELETE FROM claim_vectors
WHERE claim_id IN (FROM old_claims);
