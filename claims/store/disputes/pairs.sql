-- The contradictions $pairs with what grouping asks of them. The terms that stand in the words that
-- conflict, of each side, as a list.
WITH
    asked AS (
        SELECT unnest(from_json($pairs, '["VARCHAR"]')) AS contradiction_id
    ),

    points AS (
        SELECT
            spans.contradiction_id,
            list(DISTINCT claim_terms.term) FILTER (WHERE spans.side = 'left') AS left_points,
            list(DISTINCT claim_terms.term) FILTER (WHERE spans.side = 'right') AS right_points
        FROM contradiction_spans AS spans
        INNER JOIN contradictions ON spans.contradiction_id = contradictions.contradiction_id
        INNER JOIN claim_terms
            ON
                claim_terms.claim_id
                = CASE
                    WHEN spans.side = 'left' THEN contradictions.left_claim_id
                    ELSE contradictions.right_claim_id
                END
                AND spans.start < claim_terms."end"
                AND claim_terms.start < spans."end"
        WHERE
            spans.contradiction_id IN (FROM asked)
            AND claim_terms.kind NOT IN ('negation', 'denial', 'vague')
        GROUP BY spans.contradiction_id
    )

SELECT
    pairs.contradiction_id,
    pairs.kind,
    pairs.score,
    pairs.found_at,
    pairs.left_claim_id,
    pairs.right_claim_id,
    coalesce(left_claim.wording, left_claim.claim_id) AS left_wording,
    coalesce(right_claim.wording, right_claim.claim_id) AS right_wording,
    coalesce(points.left_points, []) AS left_points,
    coalesce(points.right_points, []) AS right_points,
    dispute_pairs.dispute_id,
    pairs.contradiction_id IN (SELECT contradiction_id FROM standing_reviews) AS reviewed
FROM contradictions AS pairs
INNER JOIN asked ON pairs.contradiction_id = asked.contradiction_id
INNER JOIN claims AS left_claim ON pairs.left_claim_id = left_claim.claim_id
INNER JOIN claims AS right_claim ON pairs.right_claim_id = right_claim.claim_id
LEFT JOIN points ON pairs.contradiction_id = points.contradiction_id
LEFT JOIN dispute_pairs ON pairs.contradiction_id = dispute_pairs.contradiction_id
ORDER BY pairs.contradiction_id;
