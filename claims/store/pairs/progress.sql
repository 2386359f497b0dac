-- How many pairs there are, superseded figures left out, and how many of them wait for a decision.
SELECT
    count(*) AS pairs,
    count(*) FILTER (WHERE verdicts.verdict IS NULL OR verdicts.verdict = 'unsure') AS undecided
FROM current_contradictions AS contradictions
LEFT JOIN verdicts ON contradictions.contradiction_id = verdicts.contradiction_id
WHERE contradictions.kind <> 'superseded';
