-- Inputs that failed in the last finished run over the same inputs, and were not tried again alone
-- since (claims runs retry): since when, and how often.
WITH finished AS (
    SELECT
        run_id,
        started_at,
        failures,
        CAST(versions -> 'inputs' AS VARCHAR) AS inputs
    FROM runs
    WHERE status IN ('done', 'failed')
),

latest AS (
    SELECT
        inputs,
        max(started_at) AS started_at
    FROM finished
    GROUP BY inputs
),

failed AS (
    SELECT
        run_id,
        started_at,
        inputs,
        unnest(
            from_json(
                failures,
                '[{"input": "VARCHAR", "reason": "VARCHAR", "article_id": "VARCHAR"}]'
            ),
            recursive := TRUE
        )
    FROM finished
)

SELECT
    failed.input,
    arg_max(failed.reason, failed.started_at) AS reason,
    arg_max(failed.article_id, failed.started_at) AS article_id,
    min(failed.started_at) AS first_at,
    max(failed.started_at) AS last_at,
    count(DISTINCT failed.run_id) AS runs,
    arg_max(failed.run_id, failed.started_at) AS run_id
FROM failed
INNER JOIN latest ON failed.inputs = latest.inputs
LEFT JOIN latest AS retried
    ON retried.inputs IN (json_array(failed.input), json_array(failed.article_id))
WHERE retried.started_at IS NULL OR retried.started_at <= failed.started_at
GROUP BY failed.input
HAVING bool_or(failed.started_at = latest.started_at)
ORDER BY first_at, failed.input;
