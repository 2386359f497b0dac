-- Voices with their own names and all spellings. Parameter: $voices, their ids.
SELECT voice_id, name, names
FROM voices
WHERE voice_id IN (SELECT unnest(from_json($voices, '["VARCHAR"]')));
