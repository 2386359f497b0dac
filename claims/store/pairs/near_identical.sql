-- Standing contradictions between articles that are near-identical to some of $articles, or are
-- among these; none with a side in $new. The words of each side as a JSON array of [start, end).
WITH
    near AS (
        SELECT unnest(from_json($articles, '["VARCHAR"]')) AS article_id
        UNION
        SELECT article_id
        FROM article_groups
        WHERE
            group_id IN (
                SELECT group_id
                FROM article_groups
                WHERE article_id IN (SELECT unnest(from_json($articles, '["VARCHAR"]')))
            )
    ),

    apart AS (
        SELECT c.*
        FROM current_contradictions AS c
        INNER JOIN claims AS one ON c.left_claim_id = one.claim_id
        INNER JOIN claims AS other ON c.right_claim_id = other.claim_id
        WHERE
            one.article_id IN (FROM near)
            AND other.article_id IN (FROM near)
            AND one.article_id NOT IN (SELECT unnest(from_json($new, '["VARCHAR"]')))
            AND other.article_id NOT IN (SELECT unnest(from_json($new, '["VARCHAR"]')))
    )

SELECT
    a.left_claim_id,
    a.right_claim_id,
    a.kind,
    a.score,
    a.explanation,
    to_json(list([s.start, s."end"] ORDER BY s.ordinal) FILTER (WHERE s.side = 'left'))::VARCHAR
        AS left_words,
    to_json(list([s.start, s."end"] ORDER BY s.ordinal) FILTER (WHERE s.side = 'right'))::VARCHAR
        AS right_words
FROM apart AS a
INNER JOIN contradiction_spans AS s USING (contradiction_id)
GROUP BY ALL
ORDER BY a.left_claim_id, a.right_claim_id;
