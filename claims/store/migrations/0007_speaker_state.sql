-- Which state the voices are in, so that a run that knows them need not read them at every write.

CREATE TABLE speaker_state (
    state VARCHAR NOT NULL
);

COMMENT ON TABLE speaker_state IS 'Internal: one row that every write of voices, links or decisions replaces. A run that finds its own here knows the voices and need not read them again.';
COMMENT ON COLUMN speaker_state.state IS 'A random identifier, never used twice.';
