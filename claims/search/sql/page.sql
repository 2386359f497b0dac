-- One page of what was matched, by identifier. Parameters: $first, oldest or best or newest, $most,
-- $skip.
SELECT
    claim_id,
    (SELECT count(*) FROM matched) AS total
FROM matched
ORDER BY
    CASE WHEN $first = 'best' THEN hits END DESC,
    CASE WHEN $first = 'oldest' THEN day END NULLS LAST,
    day DESC NULLS LAST,
    article_id,
    sentence_index,
    content_start,
    claim_id
LIMIT $most
OFFSET $skip;
