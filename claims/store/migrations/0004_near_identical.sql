-- Near-identical articles, and sentence vectors for comparing claims across languages.

CREATE TABLE article_signatures (
    article_id VARCHAR NOT NULL,
    grouper VARCHAR NOT NULL,
    signature BLOB NOT NULL
);

COMMENT ON TABLE article_signatures IS 'Internal: what an article''s wording comes down to (MinHash over runs of words), to know its reprints by.';
COMMENT ON COLUMN article_signatures.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_signatures.grouper IS 'Fingerprint of the code and settings that made it; it is made again when this changes.';
COMMENT ON COLUMN article_signatures.signature IS 'Minima of 128 hash functions, 4 bytes each, little-endian; empty for a text of too few words.';

CREATE TABLE article_bands (
    article_id VARCHAR NOT NULL,
    band UTINYINT NOT NULL,
    bucket UBIGINT NOT NULL
);

COMMENT ON TABLE article_bands IS 'Internal: the parts of article_signatures by which articles meet: those with an equal part are compared.';
COMMENT ON COLUMN article_bands.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_bands.band IS 'Number of the part, from 0.';
COMMENT ON COLUMN article_bands.bucket IS 'Hash of the part.';

CREATE TABLE article_groups (
    article_id VARCHAR NOT NULL,
    group_id VARCHAR NOT NULL
);

COMMENT ON TABLE article_groups IS 'Articles that are near-identical to another one: reprints of one report, and edited versions of one article. The view article_copies has all articles.';
COMMENT ON COLUMN article_groups.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_groups.group_id IS 'The group, named after the least article_id in it: the same in whatever order the articles came.';

CREATE TABLE contradiction_copies (
    contradiction_id VARCHAR NOT NULL,
    side VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL
);

COMMENT ON TABLE contradiction_copies IS 'Claims of near-identical articles that repeat one side of a contradiction: the pair is shown once, and they count as more outlets of that side.';
COMMENT ON COLUMN contradiction_copies.contradiction_id IS 'The contradiction: contradictions.contradiction_id.';
COMMENT ON COLUMN contradiction_copies.side IS 'left or right: which side the claim repeats.';
COMMENT ON COLUMN contradiction_copies.claim_id IS 'The claim: claims.claim_id.';

CREATE TABLE claim_vectors (
    claim_id VARCHAR NOT NULL,
    encoder VARCHAR NOT NULL,
    vector BLOB NOT NULL
);

COMMENT ON TABLE claim_vectors IS 'Internal: sentence vectors of claims that have a claim in another language near them; comparing across languages starts from them.';
COMMENT ON COLUMN claim_vectors.claim_id IS 'The claim: claims.claim_id.';
COMMENT ON COLUMN claim_vectors.encoder IS 'The model that made it, with its version.';
COMMENT ON COLUMN claim_vectors.vector IS 'One signed byte a dimension; only the direction counts.';
