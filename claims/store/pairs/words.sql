-- The conflicting words of pairs; same where they are of what the other side names too, in whatever
-- words or language. Parameter: $pairs, their ids.
WITH
    spans AS (
        SELECT
            spans.contradiction_id,
            spans.side,
            spans.ordinal,
            spans.start,
            spans."end",
            CASE spans.side WHEN 'left' THEN pairs.left_claim_id ELSE pairs.right_claim_id END
                AS claim_id,
            CASE spans.side WHEN 'left' THEN pairs.right_claim_id ELSE pairs.left_claim_id END
                AS other_id
        FROM contradiction_spans AS spans
        INNER JOIN contradictions AS pairs ON spans.contradiction_id = pairs.contradiction_id
        WHERE spans.contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')))
    ),

    -- Looked up once: terms are many.
    terms AS MATERIALIZED (
        SELECT claim_id, term, start, "end"
        FROM claim_terms
        WHERE
            claim_id IN (SELECT claim_id FROM spans)
            AND kind NOT IN ('negation', 'denial', 'vague')
    )

SELECT
    spans.contradiction_id,
    spans.side,
    spans.start,
    spans."end",
    count(other.term) > 0 AS same
FROM spans
LEFT JOIN terms AS own
    ON
        spans.claim_id = own.claim_id
        AND own.start < spans."end"
        AND spans.start < own."end"
LEFT JOIN terms AS other ON spans.other_id = other.claim_id AND own.term = other.term
GROUP BY spans.contradiction_id, spans.side, spans.ordinal, spans.start, spans."end"
ORDER BY spans.contradiction_id, spans.side, spans.ordinal;
