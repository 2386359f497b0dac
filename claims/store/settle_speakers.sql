-- Makes speakers and speaker_members say who is who, for the voices and speakers in touched(id).
-- linked(voice_id, speaker_id, name) has those whose speaker is not simply themselves,
-- settled(voice_id, …) the speakers that these make up. Voices in moved(id) have another speaker
-- than before, those in fresh(id) were stored by this write. Only rows that differ are written.
-- Leaves in stale(id) the voices whose stored claims name their speaker wrongly.

CREATE OR REPLACE TEMP TABLE touched_voices AS
FROM voices
WHERE voice_id IN (FROM touched);

CREATE OR REPLACE TEMP TABLE who AS
SELECT
    voices.voice_id,
    coalesce(linked.speaker_id, voices.voice_id) AS speaker_id,
    coalesce(linked.name, voices.name) AS name
FROM touched_voices AS voices
LEFT JOIN linked ON voices.voice_id = linked.voice_id;

CREATE OR REPLACE TEMP TABLE touched_speakers AS
FROM speakers
WHERE speaker_id IN (FROM touched);

CREATE OR REPLACE TEMP TABLE stale AS
SELECT who.voice_id AS id
FROM who
LEFT JOIN touched_speakers AS said ON who.speaker_id = said.speaker_id
WHERE
    who.voice_id IN (FROM moved)
    OR (who.voice_id NOT IN (FROM fresh) AND said.name IS DISTINCT FROM who.name);

DELETE FROM speaker_members
WHERE speaker_id IN (FROM touched) AND speaker_id NOT IN (SELECT voice_id FROM touched_voices);

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
FROM touched_voices
WHERE voice_id NOT IN (SELECT voice_id FROM linked);

CREATE OR REPLACE TEMP TABLE wrong_speakers AS
SELECT speaker_id AS id
FROM (FROM touched_speakers EXCEPT FROM right_speakers);

CREATE OR REPLACE TEMP TABLE missing_speakers AS
FROM right_speakers EXCEPT FROM touched_speakers;
