-- The names of those who are heard most. Parameter: $most.
SELECT speaker AS name
FROM current_claims
WHERE speaker IS NOT NULL
GROUP BY speaker
ORDER BY count(*) DESC, speaker
LIMIT $most;
