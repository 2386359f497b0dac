-- How many pairs there are, superseded figures left out, and how many of them wait for a decision: not
-- those that are skipped for a wrongly extracted claim.
SELECT
    count(*) AS pairs,
    count(*) FILTER (
        WHERE (verdicts.verdict IS NULL OR verdicts.verdict = 'unsure')
        AND contradictions.contradiction_id NOT IN (
            SELECT contradiction_id FROM skipped_contradictions
        )
    ) AS undecided
FROM current_contradictions AS contradictions
LEFT JOIN verdicts ON contradictions.contradiction_id = verdicts.contradiction_id
WHERE contradictions.kind <> 'superseded';
