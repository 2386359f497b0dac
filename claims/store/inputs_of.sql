-- The inputs (a JSON list) of the latest run that can have read the article $article.
WITH failed AS (
    SELECT
        started_at,
        coalesce(versions -> 'of', versions -> 'inputs') AS inputs,
        unnest(
            from_json(failures, '[{"input": "VARCHAR", "article_id": "VARCHAR"}]'),
            recursive := TRUE
        )
    FROM runs
),

candidates AS (
    SELECT
        started_at,
        inputs
    FROM failed
    WHERE $article IN (input, article_id)
    UNION ALL
    SELECT
        runs.started_at,
        coalesce(runs.versions -> 'of', runs.versions -> 'inputs')
    FROM runs
    INNER JOIN run_outlets ON runs.run_id = run_outlets.run_id
    INNER JOIN articles ON run_outlets.outlet = articles.outlet
    WHERE $article IN (articles.article_id, articles.path, articles.url)
)

SELECT inputs
FROM candidates
ORDER BY started_at DESC
LIMIT 1;
