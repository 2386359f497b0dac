-- What is older than age(limit_at): articles into new_articles(id), as remove_articles.sql wants them,
-- runs into old_runs(id), and how much hangs on them into old_counts. The latest run stays: it
-- says whether there is anything left to finish.

CREATE OR REPLACE TEMP TABLE reviewed_articles AS
SELECT DISTINCT claims.article_id AS id
FROM standing_reviews AS reviews
INNER JOIN contradictions ON reviews.contradiction_id = contradictions.contradiction_id
INNER JOIN claims
    ON claims.claim_id IN (contradictions.left_claim_id, contradictions.right_claim_id);

CREATE OR REPLACE TEMP TABLE old_articles AS
SELECT article_id AS id
FROM articles
WHERE coalesce(published_at, fetched_at) < (SELECT limit_at FROM age);

-- Without its later versions, one that stays would pass for what stands now.
CREATE OR REPLACE TEMP TABLE later_versions AS
SELECT DISTINCT later.article_id AS id
FROM article_addresses AS earlier
INNER JOIN article_addresses AS later
    ON
        earlier.outlet = later.outlet
        AND earlier.url = later.url
        AND earlier.seen_at < later.seen_at
WHERE
    earlier.article_id NOT IN (FROM old_articles)
    OR earlier.article_id IN (FROM reviewed_articles);

CREATE OR REPLACE TEMP TABLE new_articles AS
SELECT id
FROM old_articles
WHERE id NOT IN (FROM reviewed_articles) AND id NOT IN (FROM later_versions);

CREATE OR REPLACE TEMP TABLE old_runs AS
SELECT run_id AS id
FROM runs
WHERE
    started_at < (SELECT limit_at FROM age)
    AND status <> 'running'
    AND started_at < (SELECT max(started_at) FROM runs);

CREATE OR REPLACE TEMP TABLE old_counts AS
WITH gone AS (
    SELECT claim_id
    FROM claims
    WHERE article_id IN (FROM new_articles)
)

SELECT
    (
        SELECT count(*) FROM claims
        WHERE claim_id IN (FROM gone) AND pattern <> 'unattributed'
    ) AS claims,
    (
        SELECT count(*) FROM contradictions
        WHERE left_claim_id IN (FROM gone) OR right_claim_id IN (FROM gone)
    ) AS contradictions,
    (SELECT count(*) FROM old_runs) AS runs,
    (SELECT count(*) FROM old_articles WHERE id NOT IN (FROM new_articles)) AS kept_reviewed,
    (
        SELECT count(*) FROM articles
        WHERE published_at IS NULL AND fetched_at IS NULL
    ) AS undated;
