-- Terms in columns of their own: so far each was one text, 'text|kind|start|end', and the text never
-- held a '|'. One that is in no such shape was written by no version; it is kept as a plain word.

ALTER TABLE claim_terms RENAME TO packed_terms;

CREATE TABLE claim_terms (
    claim_id VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);

INSERT INTO claim_terms
SELECT
    claim_id,
    CASE WHEN shaped THEN split_part(term, '|', 1) ELSE term END AS term,
    CASE WHEN shaped THEN split_part(term, '|', 2) ELSE 'word' END AS kind,
    CASE WHEN shaped THEN split_part(term, '|', 3)::INTEGER ELSE 0 END AS start,
    CASE WHEN shaped THEN split_part(term, '|', 4)::INTEGER ELSE 0 END AS "end"
FROM (
    SELECT *, regexp_full_match(term, '[^|]*\|[a-z]+\|\d+\|\d+') AS shaped
    FROM packed_terms
);

DROP TABLE packed_terms;

COMMENT ON TABLE claim_terms IS 'Internal: what a claim is about, for finding claims that may conflict. Its terms may change with any version.';
COMMENT ON COLUMN claim_terms.claim_id IS 'The claim: claims.claim_id.';
COMMENT ON COLUMN claim_terms.term IS 'A term, comparable across scripts and languages where it can be: =name for a known name, #value for a number, ~concept; else the stem of a word; ! for a negation.';
COMMENT ON COLUMN claim_terms.kind IS 'What part it plays: word, name, number, entity, agent, target, voice, vague, refusable, negation, denial.';
COMMENT ON COLUMN claim_terms.start IS 'Where it begins in articles.text, in code points.';
COMMENT ON COLUMN claim_terms."end" IS 'Where it ends, one past its last code point.';

COMMENT ON COLUMN contradictions.kind IS 'Why they conflict: denial, negation, quantity, entity, opposite; other, where the judge does not tell; or superseded, for an older count that a later one replaces, which is no contradiction.';
