-- The stored pairs that people decided, each with how its latest decision stands. `reviewers` are
-- those whose own latest decision about it holds, `agreeing` those of them who say the same;
-- `standing` is false where an article of the pair was since edited.
WITH
    held AS (
        SELECT contradiction_id, reviewer, verdict
        FROM standing_reviews
        QUALIFY
            row_number() OVER (
                PARTITION BY contradiction_id, reviewer ORDER BY reviewed_at DESC, verdict
            ) = 1
    ),

    counted AS (
        SELECT
            verdicts.contradiction_id,
            verdicts.verdict,
            verdicts.note,
            count(held.reviewer) AS reviewers,
            count(held.reviewer) FILTER (WHERE held.verdict = verdicts.verdict) AS agreeing
        FROM verdicts
        LEFT JOIN held
            ON verdicts.contradiction_id = held.contradiction_id AND held.verdict <> 'unsure'
        WHERE verdicts.verdict <> 'unsure'
        GROUP BY verdicts.contradiction_id, verdicts.verdict, verdicts.note
    )

SELECT
    counted.contradiction_id,
    counted.verdict,
    counted.note,
    counted.reviewers,
    counted.agreeing,
    contradictions.kind,
    contradictions.score,
    contradictions.left_claim_id,
    contradictions.right_claim_id,
    left_claim.article_id AS left_article_id,
    right_claim.article_id AS right_article_id,
    contradictions.contradiction_id IN (
        SELECT current_contradictions.contradiction_id FROM current_contradictions
    ) AS standing
FROM counted
INNER JOIN contradictions ON counted.contradiction_id = contradictions.contradiction_id
INNER JOIN claims AS left_claim ON contradictions.left_claim_id = left_claim.claim_id
INNER JOIN claims AS right_claim ON contradictions.right_claim_id = right_claim.claim_id
ORDER BY counted.contradiction_id;
