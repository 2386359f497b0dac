-- The standing contradictions, best first. Parameter: $most, how many at most.
SELECT contradiction_id
FROM current_contradictions
ORDER BY score DESC, contradiction_id
LIMIT $most;
