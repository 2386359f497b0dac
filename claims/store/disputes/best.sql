-- The disputes that stand, best first: those with a contradiction that no reviewer rejected.
-- Parameter: $most, how many at most.
SELECT dispute_id
FROM disputed_pairs
WHERE standing
GROUP BY dispute_id
ORDER BY max(score) DESC, dispute_id
LIMIT $most;
