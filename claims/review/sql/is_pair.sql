-- The pair $pair with its claims, where there is one.
SELECT contradiction_id, left_claim_id, right_claim_id
FROM contradictions
WHERE contradiction_id = $pair;
