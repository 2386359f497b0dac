-- How many pairs stand at which verdict.
SELECT verdicts.verdict, count(*) AS pairs
FROM current_contradictions AS contradictions
INNER JOIN verdicts ON contradictions.contradiction_id = verdicts.contradiction_id
GROUP BY verdicts.verdict
ORDER BY pairs DESC;
