-- The versions of an article, its own included, at each address where there are several. Parameter:
-- $article.
SELECT article_id, url, version, newest, seen_at
FROM article_versions
WHERE
    versions > 1
    AND (outlet, url) IN (
        SELECT (outlet, url)
        FROM article_addresses
        WHERE article_id = $article
    )
ORDER BY url, version;
