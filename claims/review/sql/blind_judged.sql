-- The pairs that $me has judged: of these one may see what others say. One that is unsure is not.
CREATE OR REPLACE TEMP TABLE judged_pairs AS
SELECT contradiction_id
FROM (
    SELECT contradiction_id, verdict
    FROM standing_reviews
    WHERE reviewer = $me
    QUALIFY row_number() OVER (PARTITION BY contradiction_id ORDER BY reviewed_at DESC) = 1
)
WHERE verdict <> 'unsure';
