-- Reprints, and which articles were compared.

ALTER TABLE claims ADD COLUMN wording VARCHAR;

COMMENT ON TABLE claims IS 'Who said what: one row an attribution found in an article, and one row a statement that the outlet makes in its own voice (pattern unattributed, no speaker). The view attributed_claims has the former, outlet_statements the latter. Outlet, language, date and speaker''s name are repeated here so that most questions need no join.';
COMMENT ON COLUMN claims.cue_text IS 'The words that attribute, as printed: said, according to, کے مطابق; pieces joined by " … "; empty for the outlet''s own statement.';
COMMENT ON COLUMN claims.wording IS 'Hash of the speaker, the stance and the words of the content: equal for reprints of one claim; NULL for contents of less than five words.';

CREATE TABLE compared_articles (
    article_id VARCHAR NOT NULL,
    comparer VARCHAR NOT NULL
);

COMMENT ON TABLE compared_articles IS 'Internal: the articles whose claims were compared with all others that were stored by then.';
COMMENT ON COLUMN compared_articles.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN compared_articles.comparer IS 'Fingerprint of the code and configuration that compared it; an article is compared again when this changes.';

COMMENT ON COLUMN contradictions.contradiction_id IS 'Hash of the pair, whichever way round and whatever its kind: the same pair always has the same id, so reviews survive a re-run.';
COMMENT ON COLUMN contradictions.kind IS 'Why they conflict: denial, negation, quantity, entity, opposite; or superseded, for an older count that a later one replaces, which is no contradiction.';
