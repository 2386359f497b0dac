-- Makes claims, speakers and speaker_members say who is who. linked(voice_id, speaker_id, name) has
-- the voices whose speaker is not simply themselves, settled(voice_id, …) the speakers that these
-- make up. Only rows that differ are written.

CREATE OR REPLACE TEMP TABLE who AS
SELECT
    voices.voice_id,
    coalesce(linked.speaker_id, voices.voice_id) AS speaker_id,
    coalesce(linked.name, voices.name) AS name
FROM voices
LEFT JOIN linked ON voices.voice_id = linked.voice_id;

UPDATE claims
SET speaker_id = who.speaker_id, speaker = who.name
FROM who
WHERE
    claims.voice_id = who.voice_id
    AND (claims.speaker_id <> who.speaker_id OR claims.speaker <> who.name);

UPDATE claims
SET via_speaker_id = who.speaker_id
FROM who
WHERE claims.via_voice_id = who.voice_id AND claims.via_speaker_id <> who.speaker_id;

DELETE FROM speaker_members
WHERE speaker_id NOT IN (SELECT voice_id FROM voices);

UPDATE speaker_members
SET member_id = who.speaker_id, member = who.name
FROM who
WHERE
    speaker_members.member_voice_id = who.voice_id
    AND (speaker_members.member_id <> who.speaker_id OR speaker_members.member <> who.name);

CREATE OR REPLACE TEMP TABLE right_speakers AS
SELECT voice_id AS speaker_id, name, kind, names, speaks_for
FROM settled
UNION ALL
SELECT voice_id, name, kind, names, speaks_for
FROM voices
WHERE voice_id NOT IN (SELECT voice_id FROM linked);

CREATE OR REPLACE TEMP TABLE wrong_speakers AS
SELECT speaker_id AS id
FROM (FROM speakers EXCEPT FROM right_speakers);

DELETE FROM speakers
WHERE speaker_id IN (FROM wrong_speakers);

INSERT INTO speakers
FROM right_speakers
WHERE speaker_id NOT IN (SELECT speaker_id FROM speakers);
