-- What `claims export` writes: every claim with its article.
SELECT
    claims.*,
    articles.path,
    articles.url,
    articles.title
FROM claims
INNER JOIN articles ON claims.article_id = articles.article_id
