-- The pairs of the disputes $disputes, best first, superseded figures last.
SELECT dispute_id, contradiction_id, turned, standing
FROM disputed_pairs
WHERE dispute_id IN (SELECT unnest(from_json($disputes, '["VARCHAR"]')))
ORDER BY dispute_id, kind = 'superseded', score DESC, contradiction_id;
