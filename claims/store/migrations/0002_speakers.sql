-- Speakers across articles: who is heard (voices) apart from who they are (speakers), so that names
-- can be linked, and links undone, without reading an article again.

ALTER TABLE claims ADD COLUMN speaker_confidence DOUBLE;
ALTER TABLE claims ADD COLUMN speaker_note VARCHAR;
ALTER TABLE claims ADD COLUMN voice_id VARCHAR;
ALTER TABLE claims ADD COLUMN via_voice_id VARCHAR;

UPDATE claims
SET voice_id = speaker_id, via_voice_id = via_speaker_id;

COMMENT ON COLUMN claims.speaker_confidence IS 'How sure it is that the source is this speaker, from 0 to 1; NULL where speaker_id is NULL and for articles read by an older version.';
COMMENT ON COLUMN claims.speaker_note IS 'Why there is no speaker although there is a source: "pronoun without antecedent", "word for nobody in particular", "source not understood"; else NULL.';
COMMENT ON COLUMN claims.voice_id IS 'Who says it by the words of the article alone: voices.voice_id. speaker_id differs from it where voices are linked.';
COMMENT ON COLUMN claims.via_voice_id IS 'Who passed it on by the words of the article alone: voices.voice_id.';

CREATE TABLE voices (
    voice_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    names JSON NOT NULL,
    speaks_for VARCHAR
);

INSERT INTO voices
SELECT speaker_id, name, kind, names, speaks_for
FROM speakers;

COMMENT ON TABLE voices IS 'Everyone whom articles cite, as the articles name them: one row a name. A speaker is one voice, or several that are linked.';
COMMENT ON COLUMN voices.voice_id IS 'Hash of kind and name, for those who are only described of the article too: the same in every run.';
COMMENT ON COLUMN voices.name IS 'Canonical English name where one is known, else the name as the article has it.';
COMMENT ON COLUMN voices.kind IS 'As speakers.kind.';
COMMENT ON COLUMN voices.names IS 'JSON object: language code to the spellings known or seen, best first.';
COMMENT ON COLUMN voices.speaks_for IS 'As speakers.speaks_for.';

CREATE TABLE speaker_links (
    voice_id VARCHAR NOT NULL,
    linked_to VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    evidence VARCHAR NOT NULL
);

COMMENT ON TABLE speaker_links IS 'Voices that were taken for a voice known before, because their names sound alike. Kept when articles are read again; what a person decided comes after (claims speakers split).';
COMMENT ON COLUMN speaker_links.voice_id IS 'The voice that came later: voices.voice_id.';
COMMENT ON COLUMN speaker_links.linked_to IS 'The voice that it was taken for: voices.voice_id.';
COMMENT ON COLUMN speaker_links.score IS 'How alike the names sound, from 0 to 1.';
COMMENT ON COLUMN speaker_links.evidence IS 'The two names.';

CREATE TABLE speaker_members (
    speaker_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    member_voice_id VARCHAR NOT NULL,
    member_id VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    speaks_for VARCHAR
);

COMMENT ON TABLE speaker_members IS 'Who is in a group that names its members, such as "Moscow and Tehran". A member is in speakers too only where it is also cited alone.';
COMMENT ON COLUMN speaker_members.speaker_id IS 'The group: speakers.speaker_id.';
COMMENT ON COLUMN speaker_members.ordinal IS 'Number of the member, as the group is named, from 0.';
COMMENT ON COLUMN speaker_members.member_voice_id IS 'The member by the words of the article alone: voices.voice_id where it is also cited alone.';
COMMENT ON COLUMN speaker_members.member_id IS 'The member: speakers.speaker_id where it is also cited alone.';
COMMENT ON COLUMN speaker_members.member IS 'Canonical name of the member.';
COMMENT ON COLUMN speaker_members.speaks_for IS 'Name of the state or body that the member stands for; NULL for those who speak for themselves.';

CREATE TABLE speaker_decisions (
    decision INTEGER NOT NULL,
    act VARCHAR NOT NULL,
    speaker_id VARCHAR NOT NULL,
    other_id VARCHAR,
    name VARCHAR,
    decided_by VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    undone BOOLEAN NOT NULL
);

COMMENT ON TABLE speaker_decisions IS 'What people decided about speakers (claims speakers merge, split, rename). Decisions are kept in the .speakers.sqlite file beside the database and applied to whatever is stored.';
COMMENT ON COLUMN speaker_decisions.decision IS 'Number of the decision, from 1, in the order they were made.';
COMMENT ON COLUMN speaker_decisions.act IS 'merge, split or rename.';
COMMENT ON COLUMN speaker_decisions.speaker_id IS 'The speaker that the other was merged into, that was split off from, or renamed.';
COMMENT ON COLUMN speaker_decisions.other_id IS 'The speaker that was merged into it, or the voice that was split off: voices.voice_id; NULL for rename.';
COMMENT ON COLUMN speaker_decisions.name IS 'The new name; NULL for merge and split.';
COMMENT ON COLUMN speaker_decisions.decided_by IS 'Who decided.';
COMMENT ON COLUMN speaker_decisions.decided_at IS 'When (UTC).';
COMMENT ON COLUMN speaker_decisions.undone IS 'Whether the decision was taken back.';
