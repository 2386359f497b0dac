-- The decisions that $me may see: all of their own, and those of others about judged_pairs.
CREATE OR REPLACE TEMP TABLE seen_reviews AS
SELECT *
FROM reviews
WHERE
    reviewer = $me
    OR (verdict <> 'unsure' AND contradiction_id IN (SELECT contradiction_id FROM judged_pairs));
