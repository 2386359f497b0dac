-- What each outlet brought to the last $runs finished runs of the inputs $inputs (a JSON list),
-- counted from the first of them in which it was there; a run without it counts 0.
WITH recent AS (
    SELECT
        run_id,
        started_at
    FROM runs
    WHERE status = 'done' AND (versions -> 'inputs') = CAST($inputs AS JSON)
    ORDER BY started_at DESC
    LIMIT $runs
),

known AS (
    SELECT
        run_outlets.outlet,
        min(recent.started_at) AS since
    FROM run_outlets
    INNER JOIN recent ON run_outlets.run_id = recent.run_id
    GROUP BY run_outlets.outlet
)

SELECT
    known.outlet,
    count(*) AS runs,
    median(coalesce(brought.new, 0)) AS usual
FROM known
INNER JOIN recent ON known.since <= recent.started_at
LEFT JOIN run_outlets AS brought
    ON recent.run_id = brought.run_id AND known.outlet = brought.outlet
GROUP BY known.outlet
ORDER BY known.outlet;
