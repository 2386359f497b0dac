-- What there is to filter by: field and value.
SELECT 'outlet' AS field, outlet AS value
FROM current_claims
GROUP BY outlet
UNION ALL
SELECT 'language', language
FROM current_claims
GROUP BY language
UNION ALL
SELECT 'stance', stance
FROM current_claims
GROUP BY stance
UNION ALL
SELECT 'kind', kind
FROM current_contradictions
GROUP BY kind
ORDER BY field, value;
