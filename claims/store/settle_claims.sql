-- Makes the stored claims of the voices in stale(id) name the speakers that who(voice_id,
-- speaker_id, name) says. Only rows that differ are written.

UPDATE claims
SET speaker_id = who.speaker_id, speaker = who.name
FROM who
WHERE
    claims.voice_id = who.voice_id
    AND who.voice_id IN (FROM stale)
    AND (claims.speaker_id <> who.speaker_id OR claims.speaker <> who.name);

UPDATE claims
SET via_speaker_id = who.speaker_id
FROM who
WHERE
    claims.via_voice_id = who.voice_id
    AND who.voice_id IN (FROM stale)
    AND claims.via_speaker_id <> who.speaker_id;
