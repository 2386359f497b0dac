-- What was decided about pairs of earlier versions of the two articles of a pair, latest first.
-- Parameter: $pairs, ids of pairs.
WITH
    sides AS (
        SELECT contradictions.contradiction_id, 'left' AS side, claims.article_id
        FROM contradictions
        INNER JOIN claims ON contradictions.left_claim_id = claims.claim_id
        WHERE contradictions.contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')))
        UNION ALL
        SELECT contradictions.contradiction_id, 'right', claims.article_id
        FROM contradictions
        INNER JOIN claims ON contradictions.right_claim_id = claims.claim_id
        WHERE contradictions.contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')))
    ),

    versions AS (
        FROM sides
        UNION
        SELECT sides.contradiction_id, sides.side, article_siblings.version_id
        FROM sides
        INNER JOIN article_siblings ON sides.article_id = article_siblings.article_id
    )

SELECT DISTINCT
    one.contradiction_id AS of,
    earlier.contradiction_id,
    verdicts.verdict,
    verdicts.note,
    verdicts.reviewer,
    verdicts.reviewed_at
FROM verdicts
INNER JOIN contradictions AS earlier ON verdicts.contradiction_id = earlier.contradiction_id
INNER JOIN claims AS left_claim ON earlier.left_claim_id = left_claim.claim_id
INNER JOIN claims AS right_claim ON earlier.right_claim_id = right_claim.claim_id
INNER JOIN versions AS one ON left_claim.article_id = one.article_id
INNER JOIN versions AS other
    ON
        right_claim.article_id = other.article_id
        AND one.contradiction_id = other.contradiction_id
        AND one.side <> other.side
WHERE
    earlier.contradiction_id <> one.contradiction_id
    AND earlier.contradiction_id NOT IN (SELECT contradiction_id FROM current_contradictions)
ORDER BY verdicts.reviewed_at DESC, earlier.contradiction_id;
