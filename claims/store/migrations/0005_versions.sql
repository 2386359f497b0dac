-- Versions of articles: bylines, and which article stood at which address when.

ALTER TABLE articles ADD COLUMN byline VARCHAR;

COMMENT ON TABLE articles IS 'One row an article as it was read. An article whose text changes is a new article beside the old one; the view article_versions tells which stood at an address when.';
COMMENT ON COLUMN articles.url IS 'Where it was published, as the page itself names its address; NULL where the input does not say.';
COMMENT ON COLUMN articles.path IS 'The input as the user named it: a file, a file and a line, or an address.';
COMMENT ON COLUMN articles.fetched_at IS 'When it was fetched, or archived (UTC); NULL for other local files.';
COMMENT ON COLUMN articles.text IS 'The text, untouched, or the words of a page, headline first, without what stands around them; all offsets count its code points.';
COMMENT ON COLUMN articles.byline IS 'Who wrote it, as printed; NULL where the input does not say.';

CREATE TABLE article_addresses (
    outlet VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    seen_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE article_addresses IS 'Which article stood at which address of an outlet. An address whose article is edited has a row for each version; a story at two addresses has a row for each. The view article_versions numbers them.';
COMMENT ON COLUMN article_addresses.outlet IS 'The outlet: articles.outlet.';
COMMENT ON COLUMN article_addresses.url IS 'The address.';
COMMENT ON COLUMN article_addresses.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_addresses.seen_at IS 'When it was fetched (UTC), or, for what was not fetched, first read. The same article stands twice where an edit was taken back.';
