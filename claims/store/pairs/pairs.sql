-- Pairs with how they stand. Parameter: $pairs, their ids.
SELECT
    contradictions.contradiction_id,
    contradictions.kind,
    contradictions.score,
    contradictions.explanation,
    verdicts.verdict,
    contradictions.contradiction_id IN (SELECT contradiction_id FROM skipped_contradictions)
        AS skipped
FROM contradictions
LEFT JOIN verdicts ON contradictions.contradiction_id = verdicts.contradiction_id
WHERE contradictions.contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')));
