-- The pairs that $judges reviewers have judged.
CREATE OR REPLACE TEMP TABLE settled_pairs AS
SELECT contradiction_id
FROM (
    SELECT contradiction_id, verdict
    FROM standing_reviews
    QUALIFY
        row_number() OVER (PARTITION BY contradiction_id, reviewer ORDER BY reviewed_at DESC) = 1
)
WHERE verdict <> 'unsure'
GROUP BY contradiction_id
HAVING count(*) >= $judges;
