-- The groups of near-identical articles that $articles are in: article, group.
SELECT article_id, group_id
FROM article_groups
WHERE article_id IN (SELECT unnest($articles::VARCHAR []))
ORDER BY article_id;
