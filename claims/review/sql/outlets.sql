-- The outlets, with how much of each there is. Parameter: $most.
SELECT outlet, count(DISTINCT article_id) AS articles, count(*) AS claims
FROM current_claims
GROUP BY outlet
ORDER BY claims DESC, outlet
LIMIT $most;
