-- A page of the disputes that the pairs of ranking.sql or queue.sql belong to, each where its first
-- pair is. Parameters: $most, $skip.
SELECT
    coalesce(dispute_pairs.dispute_id, ranking.contradiction_id) AS dispute_id,
    count(*) OVER () AS total
FROM ranking
LEFT JOIN dispute_pairs ON ranking.contradiction_id = dispute_pairs.contradiction_id
GROUP BY coalesce(dispute_pairs.dispute_id, ranking.contradiction_id)
ORDER BY min(ranking.place)
LIMIT $most OFFSET $skip;
