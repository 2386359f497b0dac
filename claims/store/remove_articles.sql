-- Removes all that is stored of the articles in the temporary table new_articles(id), before they
-- are written anew, and leaves in old_voices(id) whoever was heard in them. Each table goes
-- before the one through which it is reached. Reviews stay.

CREATE OR REPLACE TEMP TABLE old_claims AS
SELECT claim_id AS id
FROM claims
WHERE article_id IN (FROM new_articles);

CREATE OR REPLACE TEMP TABLE old_voices AS
SELECT voice_id AS id
FROM claims
WHERE claim_id IN (FROM old_claims)
UNION
SELECT via_voice_id
FROM claims
WHERE claim_id IN (FROM old_claims);

DELETE FROM contradiction_spans
WHERE contradiction_id IN (
    SELECT contradiction_id
    FROM contradictions
    WHERE left_claim_id IN (FROM old_claims) OR right_claim_id IN (FROM old_claims)
);

DELETE FROM contradictions
WHERE left_claim_id IN (FROM old_claims) OR right_claim_id IN (FROM old_claims);

DELETE FROM claim_terms
WHERE claim_id IN (FROM old_claims);

DELETE FROM claim_spans
WHERE claim_id IN (FROM old_claims);

DELETE FROM claims
WHERE claim_id IN (FROM old_claims);

DELETE FROM sentences
WHERE article_id IN (FROM new_articles);

DELETE FROM compared_articles
WHERE article_id IN (FROM new_articles);

DELETE FROM articles
WHERE article_id IN (FROM new_articles);
