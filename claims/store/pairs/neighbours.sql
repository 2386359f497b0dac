-- The pairs of ranking.sql or queue.sql before and after a pair, and the next of them that is not decided.
SELECT
    arg_max(ranking.contradiction_id, ranking.place) FILTER (WHERE ranking.place < here.place)
        AS previous,
    arg_min(ranking.contradiction_id, ranking.place) FILTER (WHERE ranking.place > here.place)
        AS following,
    arg_min(ranking.contradiction_id, ranking.place)
        FILTER (WHERE ranking.place > here.place AND ranking.undecided)
        AS skip
FROM ranking
CROSS JOIN (
    SELECT place
    FROM ranking
    WHERE contradiction_id = $here
) AS here;
