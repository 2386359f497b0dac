-- The contradictions that stand with a side among the claims that are asked for, best first, each
-- with its dispute.
SELECT
    pairs.contradiction_id,
    any_value(dispute_pairs.dispute_id) AS dispute_id
FROM current_contradictions AS pairs
LEFT JOIN dispute_pairs ON pairs.contradiction_id = dispute_pairs.contradiction_id
WHERE
    pairs.left_claim_id IN (SELECT exported_claims.claim_id FROM exported_claims)
    OR pairs.right_claim_id IN (SELECT exported_claims.claim_id FROM exported_claims)
GROUP BY pairs.contradiction_id
ORDER BY max(pairs.score) DESC, pairs.contradiction_id
