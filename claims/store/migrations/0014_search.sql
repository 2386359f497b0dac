-- The words of claims, to search them by.

CREATE TABLE claim_words (
    claim_id VARCHAR NOT NULL,
    passage VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    indexer VARCHAR NOT NULL
);

COMMENT ON TABLE claim_words IS 'Internal: the words of every claim, to search claims by. Its words may change with any version.';
COMMENT ON COLUMN claim_words.claim_id IS 'The claim: claims.claim_id.';
COMMENT ON COLUMN claim_words.passage IS 'The words of the sentences that it stands in, in one spelling and without endings, a space before and after each.';
COMMENT ON COLUMN claim_words.content IS 'Those of its content.';
COMMENT ON COLUMN claim_words.indexer IS 'Fingerprint of the code and configuration that made them; they are made again when this changes.';

CREATE TABLE search_words (
    word VARCHAR NOT NULL,
    printed VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    named BOOLEAN NOT NULL,
    sounds VARCHAR,
    claims INTEGER NOT NULL
);

COMMENT ON TABLE search_words IS 'Internal: the words that claims have, with what each was taken for, so that a search finds other forms of a word and other spellings of a name.';
COMMENT ON COLUMN search_words.word IS 'The word as in claim_words; of names of several words all of them.';
COMMENT ON COLUMN search_words.printed IS 'How it is written most often, in small letters.';
COMMENT ON COLUMN search_words.term IS 'What it was taken for: claim_terms.term.';
COMMENT ON COLUMN search_words.named IS 'Whether it was taken for a name.';
COMMENT ON COLUMN search_words.sounds IS 'Of a name the consonants, by which names are found that sound alike; NULL where it has none, or its script is not known.';
COMMENT ON COLUMN search_words.claims IS 'In how many claims.';
