-- What `claims export` writes: every claim that stands, with its article.
SELECT
    claims.*,
    articles.path,
    articles.url,
    articles.title
FROM current_claims AS claims
INNER JOIN articles ON claims.article_id = articles.article_id
