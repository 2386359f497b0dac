-- What `claims export` writes: every claim with its article, in a fixed order.
SELECT
    claims.*,
    articles.path,
    articles.url,
    articles.title
FROM claims
INNER JOIN articles ON claims.article_id = articles.article_id
ORDER BY claims.article_id, claims.sentence_index, claims.content_start, claims.claim_id
