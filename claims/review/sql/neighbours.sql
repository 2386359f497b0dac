-- The undecided pairs before and after a pair, in the order of queue.sql. Parameter: $pair.
WITH
    ranked AS (
        SELECT
            contradictions.contradiction_id,
            verdicts.verdict IS NULL OR verdicts.verdict = 'unsure' AS undecided,
            row_number() OVER (
                ORDER BY
                    coalesce(
                        verdicts.verdict = 'unsure' AND NOT starts_with(verdicts.note, '[undo '),
                        false
                    ),
                    contradictions.score DESC,
                    contradictions.contradiction_id
            ) AS place
        FROM contradictions
        LEFT JOIN verdicts ON contradictions.contradiction_id = verdicts.contradiction_id
    ),

    here AS (
        SELECT place
        FROM ranked
        WHERE contradiction_id = $pair
    )

SELECT
    arg_max(ranked.contradiction_id, ranked.place) FILTER (WHERE ranked.place < here.place)
        AS previous,
    arg_min(ranked.contradiction_id, ranked.place) FILTER (WHERE ranked.place > here.place)
        AS following
FROM ranked
CROSS JOIN here
WHERE ranked.undecided;
