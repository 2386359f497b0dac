-- Pairs with how they stand. Parameter: $pairs, their ids.
SELECT
    contradictions.contradiction_id,
    contradictions.kind,
    contradictions.score,
    contradictions.explanation,
    verdicts.verdict
FROM contradictions
LEFT JOIN verdicts ON contradictions.contradiction_id = verdicts.contradiction_id
WHERE contradictions.contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')));
