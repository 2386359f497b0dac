-- Articles that share a band of their signatures with one of the temporary table signed(id), and
-- were published within $days of it (undated ones at any time): both identifiers and signatures.
WITH
    met AS (
        SELECT DISTINCT
            least(one.article_id, other.article_id) AS one_id,
            greatest(one.article_id, other.article_id) AS other_id
        FROM article_bands AS one
        INNER JOIN article_bands AS other USING (band, bucket)
        WHERE one.article_id IN (FROM signed) AND one.article_id <> other.article_id
    )

SELECT
    met.one_id,
    met.other_id,
    one.signature AS one_signature,
    other.signature AS other_signature
FROM met
INNER JOIN article_signatures AS one ON met.one_id = one.article_id
INNER JOIN article_signatures AS other ON met.other_id = other.article_id
INNER JOIN articles AS first ON met.one_id = first.article_id
INNER JOIN articles AS second ON met.other_id = second.article_id
WHERE
    first.published_at IS NULL
    OR second.published_at IS NULL
    OR abs(datediff('day', first.published_at, second.published_at)) <= $days
ORDER BY met.one_id, met.other_id;
