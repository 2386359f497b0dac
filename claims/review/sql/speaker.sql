-- A speaker. Parameter: $speaker.
SELECT speaker_id, name, kind, names, speaks_for
FROM speakers
WHERE speaker_id = $speaker;
