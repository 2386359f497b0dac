-- Why nobody is asked about a pair. Parameter: $pair.
SELECT claim_id, misread_in
FROM skipped_contradictions
WHERE contradiction_id = $pair
ORDER BY claim_id, misread_in;
