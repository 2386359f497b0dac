-- Stories: articles about one event, with what they are found by; and days that an article's words
-- tell, beside those that its input gives.

ALTER TABLE articles ADD COLUMN dateline_on DATE;

COMMENT ON COLUMN articles.dateline_on IS 'The day of its dateline ("HEMPSTEAD, N.Y., Sept. 26 (UPI) —"), in the outlet''s own time; NULL where there is none, or its year is not known.';

ALTER TABLE claims ADD COLUMN speaks_of DATE;

COMMENT ON COLUMN claims.speaks_of IS 'The day that the claim says it speaks of ("on Monday", reckoned from the day of the article); NULL where it says none.';

CREATE TABLE stories (
    story_id VARCHAR NOT NULL,
    central_article_id VARCHAR NOT NULL,
    formed_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE stories IS 'Articles about one event, across outlets and languages: one row a story; an article that nobody else has is a story of its own. story_articles says which articles; the view story_coverage who covers it, from when to when.';
COMMENT ON COLUMN stories.story_id IS 'Identifier of the story; it stays when articles come or go. Where two stories become one, that of the larger stays.';
COMMENT ON COLUMN stories.central_article_id IS 'The article that is most like all others of the story: articles.article_id.';
COMMENT ON COLUMN stories.formed_at IS 'When the story was first stored (UTC).';

CREATE TABLE story_articles (
    article_id VARCHAR NOT NULL,
    story_id VARCHAR NOT NULL,
    clusterer VARCHAR NOT NULL
);

COMMENT ON TABLE story_articles IS 'Which story an article belongs to: each to one.';
COMMENT ON COLUMN story_articles.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN story_articles.story_id IS 'Its story: stories.story_id.';
COMMENT ON COLUMN story_articles.clusterer IS 'Fingerprint of the code, weights and settings that put it there; stories are formed again when this changes.';

CREATE TABLE story_changes (
    changed_at TIMESTAMP NOT NULL,
    change VARCHAR NOT NULL,
    story_id VARCHAR NOT NULL,
    other_story_id VARCHAR NOT NULL,
    articles INTEGER NOT NULL
);

COMMENT ON TABLE story_changes IS 'What became of stories: which became one, and which came out of another.';
COMMENT ON COLUMN story_changes.changed_at IS 'When (UTC).';
COMMENT ON COLUMN story_changes.change IS 'merge: the other story became part of this one, and is gone; split: articles of this story went to the other one.';
COMMENT ON COLUMN story_changes.story_id IS 'The story that stayed: stories.story_id, unless it went later.';
COMMENT ON COLUMN story_changes.other_story_id IS 'The story that went into it, or that got articles of it.';
COMMENT ON COLUMN story_changes.articles IS 'How many articles went with it.';

CREATE TABLE article_vectors (
    article_id VARCHAR NOT NULL,
    encoder VARCHAR NOT NULL,
    vector BLOB NOT NULL
);

COMMENT ON TABLE article_vectors IS 'Internal: a vector of each article''s title and lead; stories are found by it.';
COMMENT ON COLUMN article_vectors.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_vectors.encoder IS 'The model that made it, with its version, and the fingerprint of what it was given.';
COMMENT ON COLUMN article_vectors.vector IS 'One signed byte a dimension; only the direction counts.';

CREATE TABLE article_terms (
    article_id VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    weight DOUBLE NOT NULL
);

COMMENT ON TABLE article_terms IS 'Internal: the names, numbers and rare words of each article''s title and lead; stories are found by them.';
COMMENT ON COLUMN article_terms.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_terms.term IS 'The word, in small letters.';
COMMENT ON COLUMN article_terms.weight IS 'How much it tells of the article; the squares of an article''s weights sum to 1.';

CREATE TABLE story_links (
    article_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL,
    score DOUBLE NOT NULL
);

COMMENT ON TABLE story_links IS 'Internal: pairs of articles that may be of one story, each once; stories are formed along them.';
COMMENT ON COLUMN story_links.article_id IS 'One article: articles.article_id.';
COMMENT ON COLUMN story_links.other_id IS 'The other article, whose identifier is greater.';
COMMENT ON COLUMN story_links.score IS 'How likely it is that both are of one event, as log odds.';
