-- $stories synthetic stories from the stored articles (claims of real ones), $outlets outlets each.
-- In every story most words are its own: the stem with the story's number. The rest is common to
-- all. Parameters also: $daily, stories a day.
CREATE TEMP TABLE written AS
SELECT
    story,
    outlet,
    TIMESTAMP '2020-01-01' + to_days((story // $daily)::INTEGER) AS day,
    hash(story, 'which') % (SELECT count(*) FROM articles) AS chosen
FROM range($stories) AS stories (story)
CROSS JOIN range($outlets) AS outlets (outlet);

CREATE TEMP TABLE numbered AS
SELECT *, row_number() OVER (ORDER BY article_id) - 1 AS number
FROM articles;

CREATE TEMP TABLE renamed AS
SELECT
    n.article_id AS old_id,
    n.article_id || '-' || w.story || '-' || w.outlet AS new_id,
    '-' || w.story || '-' || w.outlet AS tail,
    w.story,
    w.outlet,
    w.day
FROM written AS w
INNER JOIN numbered AS n ON w.chosen = n.number;

CREATE TEMP TABLE old_claims AS SELECT * FROM claims;

CREATE TEMP TABLE old_terms AS SELECT * FROM claim_terms;

CREATE TEMP TABLE old_spans AS SELECT * FROM claim_spans;

INSERT INTO claims
SELECT
    c.* REPLACE (
        c.claim_id || r.tail AS claim_id,
        r.new_id AS article_id,
        'outlet ' || r.outlet AS outlet,
        r.day AS published_at,
        NULL AS wording
    )
FROM old_claims AS c
INNER JOIN renamed AS r ON c.article_id = r.old_id;

INSERT INTO claim_terms
SELECT
    c.claim_id || r.tail AS claim_id,
    CASE WHEN t.kind IN ('word', 'name') AND hash(t.term) % 10 < 7 THEN t.term || r.story ELSE t.term END
        AS term,
    t.kind,
    t.start,
    t."end"
FROM old_terms AS t
INNER JOIN old_claims AS c ON t.claim_id = c.claim_id
INNER JOIN renamed AS r ON c.article_id = r.old_id;

INSERT INTO claim_spans
SELECT s.* REPLACE (c.claim_id || r.tail AS claim_id)
FROM old_spans AS s
INNER JOIN old_claims AS c ON s.claim_id = c.claim_id
INNER JOIN renamed AS r ON c.article_id = r.old_id;

INSERT INTO articles
SELECT
    n.* EXCLUDE (number) REPLACE (
        r.new_id AS article_id,
        'outlet ' || r.outlet AS outlet,
        r.day AS published_at
    )
FROM numbered AS n
INNER JOIN renamed AS r ON n.article_id = r.old_id;
