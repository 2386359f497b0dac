-- The contradictions that are to be grouped: those of which $grouper has put none into a dispute, and
-- all that were in one dispute with a pair that is gone or to be grouped.
WITH
    standing AS (
        SELECT contradiction_id
        FROM current_contradictions
    ),

    settled AS (
        SELECT dispute_pairs.*
        FROM dispute_pairs
        INNER JOIN standing ON dispute_pairs.contradiction_id = standing.contradiction_id
        WHERE dispute_pairs.grouper = $grouper
    )

SELECT contradiction_id
FROM standing
WHERE contradiction_id NOT IN (SELECT contradiction_id FROM settled)
UNION
SELECT contradiction_id
FROM settled
WHERE
    dispute_id IN (
        SELECT dispute_id
        FROM dispute_pairs
        WHERE contradiction_id NOT IN (SELECT contradiction_id FROM settled)
    );
