-- To take a decision back is an event of its own, and an extraction error says whose it is. Decisions
-- were taken back by another decision whose note began with a mark.

CREATE TABLE undone_reviews (
    contradiction_id VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    reviewed_at TIMESTAMP NOT NULL,
    undone_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE undone_reviews IS 'Decisions that were taken back by who made them: one row each. They stay in reviews; the view standing_reviews leaves them out.';
COMMENT ON COLUMN undone_reviews.contradiction_id IS 'The contradiction: reviews.contradiction_id.';
COMMENT ON COLUMN undone_reviews.reviewer IS 'Who decided and took it back: reviews.reviewer.';
COMMENT ON COLUMN undone_reviews.reviewed_at IS 'When it had been decided (UTC): reviews.reviewed_at.';
COMMENT ON COLUMN undone_reviews.undone_at IS 'When it was taken back (UTC).';

CREATE TABLE misread_claims (
    claim_id VARCHAR NOT NULL,
    contradiction_id VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    reviewed_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE misread_claims IS 'Claims that a decision "extraction error" names as wrongly extracted. It counts while that decision stands: the view skipped_contradictions has their other contradictions.';
COMMENT ON COLUMN misread_claims.claim_id IS 'The claim: claims.claim_id.';
COMMENT ON COLUMN misread_claims.contradiction_id IS 'The contradiction that was decided: reviews.contradiction_id.';
COMMENT ON COLUMN misread_claims.reviewer IS 'Who decided: reviews.reviewer.';
COMMENT ON COLUMN misread_claims.reviewed_at IS 'When (UTC): reviews.reviewed_at.';

INSERT INTO undone_reviews
SELECT
    contradiction_id,
    reviewer,
    CAST(regexp_extract(note, '^\[undo ([0-9T:.-]+)\+00:00\]', 1) AS TIMESTAMP),
    reviewed_at
FROM reviews
WHERE
    TRY_CAST(nullif(regexp_extract(note, '^\[undo ([0-9T:.-]+)\+00:00\]', 1), '') AS TIMESTAMP)
    IS NOT NULL;

DELETE FROM reviews
WHERE
    TRY_CAST(nullif(regexp_extract(note, '^\[undo ([0-9T:.-]+)\+00:00\]', 1), '') AS TIMESTAMP)
    IS NOT NULL;

COMMENT ON TABLE reviews IS 'What people decided about contradictions: appended to, never overwritten. Decisions are first kept in the .reviews.sqlite file beside the database; `claims` always shows all of them, other DuckDB clients those up to the last run. The view standing_reviews leaves out what was taken back, the view verdicts has the latest of each contradiction.';
