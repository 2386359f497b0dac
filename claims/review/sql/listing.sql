-- A page of the pairs of ranking.sql or queue.sql. Parameters: $most, $skip.
SELECT contradiction_id, undecided, total
FROM ranking
WHERE place > $skip
ORDER BY place
LIMIT $most;
