-- The spans of claims. Parameter: $claims, their ids.
SELECT claim_id, role, start, "end"
FROM claim_spans
WHERE claim_id IN (SELECT unnest(from_json($claims, '["VARCHAR"]')))
ORDER BY claim_id, role, ordinal;
