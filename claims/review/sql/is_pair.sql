-- Whether there is a pair $pair.
SELECT contradiction_id
FROM contradictions
WHERE contradiction_id = $pair;
