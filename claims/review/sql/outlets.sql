-- The outlets, with how much of each there is. Parameters: $most, $skip.
SELECT outlet, count(DISTINCT article_id) AS articles, count(*) AS claims
FROM current_claims
GROUP BY outlet
ORDER BY claims DESC, outlet
LIMIT $most
OFFSET $skip;
