-- What there is to filter by: field and value.
SELECT 'outlet' AS field, outlet AS value
FROM claims
GROUP BY outlet
UNION ALL
SELECT 'language', language
FROM claims
GROUP BY language
UNION ALL
SELECT 'stance', stance
FROM claims
GROUP BY stance
UNION ALL
SELECT 'kind', kind
FROM contradictions
GROUP BY kind
ORDER BY field, value;
