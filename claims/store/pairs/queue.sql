-- ranking.sql where nothing is asked of the claims: the same rows in the same order, without a look
-- at either side. Parameters: $kind, $decided, $pair.
SELECT
    contradictions.contradiction_id,
    (verdicts.verdict IS NULL OR verdicts.verdict = 'unsure')
    AND contradictions.contradiction_id NOT IN (SELECT contradiction_id FROM skipped_contradictions)
        AS undecided,
    row_number() OVER (
        ORDER BY
            coalesce(verdicts.verdict = 'unsure', false),
            contradictions.score DESC,
            contradictions.contradiction_id
    ) AS place,
    count(*) OVER () AS total
FROM contradictions
LEFT JOIN verdicts ON contradictions.contradiction_id = verdicts.contradiction_id
WHERE
    contradictions.contradiction_id = $pair
    OR (
        contradictions.contradiction_id IN (SELECT contradiction_id FROM current_contradictions)
        AND (
            contradictions.kind = $kind
            OR ($kind IS NULL AND contradictions.kind <> 'superseded')
        )
        AND (
            $decided = 'all'
            OR ($decided = 'yes' AND verdicts.verdict <> 'unsure')
            OR (
                $decided = 'no'
                AND (verdicts.verdict IS NULL OR verdicts.verdict = 'unsure')
                AND contradictions.contradiction_id NOT IN (
                    SELECT contradiction_id FROM skipped_contradictions
                )
            )
        )
    )
