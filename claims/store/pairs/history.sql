-- All that was ever decided about a pair, latest first. Parameter: $pair.
SELECT verdict, note, reviewer, reviewed_at
FROM reviews
WHERE contradiction_id = $pair
ORDER BY reviewed_at DESC;
