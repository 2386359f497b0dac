-- Claims that people collected into folders, as they read when they were collected.

CREATE TABLE folder_claims (
    folder VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    collected_by VARCHAR NOT NULL,
    collected_at TIMESTAMP NOT NULL,
    article_id VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    published_at TIMESTAMP,
    title VARCHAR,
    url VARCHAR,
    speaker VARCHAR,
    source_text VARCHAR,
    stance VARCHAR NOT NULL,
    quotation VARCHAR NOT NULL,
    quotation_start INTEGER NOT NULL,
    content JSON NOT NULL,
    text_checksum VARCHAR NOT NULL
);

COMMENT ON TABLE folder_claims IS 'What people collected into folders: one row a claim in a folder, as it read when it was collected. Folders are kept in the .folders.sqlite file beside the database; `claims` always shows all of them, other DuckDB clients those up to the last run.';
COMMENT ON COLUMN folder_claims.folder IS 'Name of the folder.';
COMMENT ON COLUMN folder_claims.claim_id IS 'The claim: claims.claim_id. It stays in the folder also where a later run does not find it any more.';
COMMENT ON COLUMN folder_claims.collected_by IS 'Who collected it.';
COMMENT ON COLUMN folder_claims.collected_at IS 'When (UTC).';
COMMENT ON COLUMN folder_claims.article_id IS 'Its article: articles.article_id.';
COMMENT ON COLUMN folder_claims.outlet IS 'Outlet of the article.';
COMMENT ON COLUMN folder_claims.language IS 'Language of the article.';
COMMENT ON COLUMN folder_claims.published_at IS 'When the article was published (UTC); NULL where unknown.';
COMMENT ON COLUMN folder_claims.title IS 'Headline of the article; NULL where the input did not mark one.';
COMMENT ON COLUMN folder_claims.url IS 'Where the article was published; NULL where the input did not say.';
COMMENT ON COLUMN folder_claims.speaker IS 'Name that the speaker had; NULL where the source was not resolved.';
COMMENT ON COLUMN folder_claims.source_text IS 'The words that name the source, as printed; NULL where nobody is named.';
COMMENT ON COLUMN folder_claims.stance IS 'As claims.stance.';
COMMENT ON COLUMN folder_claims.quotation IS 'The sentences that the claim stands in, as printed.';
COMMENT ON COLUMN folder_claims.quotation_start IS 'Where they begin in the article''s text, in code points from 0.';
COMMENT ON COLUMN folder_claims.content IS 'JSON list of the content''s pieces: [[start, end], …] in code points of the quotation.';
COMMENT ON COLUMN folder_claims.text_checksum IS 'SHA-256 of the article''s text in UTF-8, in hexadecimal: who has the text can prove that the quotation stands in it.';
