-- Disputes: what is contested once, with the pairs that contest it. The view of this name, which had
-- each pair from both its sides, is opposing_claims now.

DROP VIEW IF EXISTS disputes;

CREATE TABLE disputes (
    dispute_id VARCHAR NOT NULL,
    found_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE disputes IS 'What is contested, each once: one row a group of contradictions about the same thing. open_disputes shows them in words, dispute_sides who stands on which side.';
COMMENT ON COLUMN disputes.dispute_id IS 'Identifier of the dispute, which it keeps as long as most of its pairs stay together; of disputes that become one the oldest identifier stays.';
COMMENT ON COLUMN disputes.found_at IS 'When it was first written (UTC).';

CREATE TABLE dispute_pairs (
    dispute_id VARCHAR NOT NULL,
    contradiction_id VARCHAR NOT NULL,
    turned BOOLEAN NOT NULL,
    grouper VARCHAR NOT NULL
);

COMMENT ON TABLE dispute_pairs IS 'Which contradictions a dispute is made of: one row a pair, which is in one dispute only.';
COMMENT ON COLUMN dispute_pairs.dispute_id IS 'The dispute: disputes.dispute_id.';
COMMENT ON COLUMN dispute_pairs.contradiction_id IS 'The pair: contradictions.contradiction_id.';
COMMENT ON COLUMN dispute_pairs.turned IS 'False where the left claim of the pair asserts what the dispute is about and the right one contests it; true where it is the other way round.';
COMMENT ON COLUMN dispute_pairs.grouper IS 'Fingerprint of the code that put it there; pairs are grouped again when this changes.';
