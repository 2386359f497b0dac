-- For each article of the temporary table fresh(id) the $nearest others that share most rare words
-- with it, at most $days away where both are dated: both identifiers, the lesser first. A word that
-- more than $most articles have finds nothing: so what an article costs does not grow with them.
WITH
    asked AS MATERIALIZED (
        SELECT
            t.article_id,
            t.term,
            t.weight,
            a.day
        FROM article_terms AS t
        INNER JOIN fresh ON t.article_id = fresh.id
        INNER JOIN article_days AS a ON t.article_id = a.article_id
    ),

    rare AS MATERIALIZED (
        SELECT term
        FROM article_terms
        WHERE term IN (SELECT term FROM asked)
        GROUP BY term
        HAVING count(*) BETWEEN 2 AND $most
    ),

    met AS (
        SELECT
            asked.article_id,
            other.article_id AS other_id,
            sum(asked.weight * other.weight) AS shared
        FROM asked
        INNER JOIN rare ON asked.term = rare.term
        INNER JOIN article_terms AS other ON asked.term = other.term
        INNER JOIN article_days AS a ON other.article_id = a.article_id
        WHERE
            asked.article_id <> other.article_id
            AND (asked.day IS NULL OR a.day IS NULL OR abs(datediff('day', asked.day, a.day)) <= $days)
        GROUP BY asked.article_id, other.article_id
    ),

    best AS (
        SELECT
            article_id,
            other_id
        FROM met
        QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY shared DESC, other_id) <= $nearest
    )

SELECT DISTINCT
    least(article_id, other_id) AS one_id,
    greatest(article_id, other_id) AS two_id
FROM best
ORDER BY one_id, two_id;
