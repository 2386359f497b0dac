-- For this connection there is no more than seen_reviews: names of temporary tables come first, also
-- inside views. Pairs that enough reviewers have judged wait for nobody else.
CREATE OR REPLACE TEMP TABLE seen_undone AS
SELECT undone_reviews.*
FROM undone_reviews
SEMI JOIN seen_reviews USING (contradiction_id, reviewer, reviewed_at);

CREATE OR REPLACE TEMP TABLE seen_misread AS
SELECT misread_claims.*
FROM misread_claims
SEMI JOIN seen_reviews USING (contradiction_id, reviewer, reviewed_at);

CREATE OR REPLACE TEMP TABLE reviews AS FROM seen_reviews;
CREATE OR REPLACE TEMP TABLE undone_reviews AS FROM seen_undone;
CREATE OR REPLACE TEMP TABLE misread_claims AS FROM seen_misread;

CREATE OR REPLACE TEMP TABLE seen_skipped AS
SELECT contradiction_id, claim_id, misread_in
FROM skipped_contradictions
UNION ALL
SELECT contradiction_id, NULL, NULL
FROM settled_pairs
WHERE contradiction_id NOT IN (SELECT contradiction_id FROM judged_pairs);

CREATE OR REPLACE TEMP TABLE skipped_contradictions AS FROM seen_skipped;
