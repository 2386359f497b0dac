-- The conflicting words of pairs. Parameter: $pairs, their ids.
SELECT contradiction_id, side, start, "end"
FROM contradiction_spans
WHERE contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')))
ORDER BY contradiction_id, side, ordinal;
