-- The claims that are asked for, for this connection only. Parameter: $claims, their ids.
CREATE TEMP TABLE exported_claims AS
SELECT *
FROM current_claims
WHERE claim_id IN (SELECT unnest(from_json($claims, '["VARCHAR"]')))
