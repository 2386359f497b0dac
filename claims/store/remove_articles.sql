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

-- Claims that were shown only as copies of a side that goes are to be compared again.
CREATE OR REPLACE TEMP TABLE old_pairs AS
SELECT contradiction_id AS id
FROM contradictions
WHERE left_claim_id IN (FROM old_claims) OR right_claim_id IN (FROM old_claims);

DELETE FROM compared_articles
WHERE article_id IN (
    SELECT claims.article_id
    FROM contradiction_copies AS copies
    INNER JOIN claims ON copies.claim_id = claims.claim_id
    WHERE copies.contradiction_id IN (FROM old_pairs)
);

DELETE FROM contradiction_copies
WHERE contradiction_id IN (FROM old_pairs) OR claim_id IN (FROM old_claims);

DELETE FROM contradiction_spans
WHERE contradiction_id IN (FROM old_pairs);

DELETE FROM contradictions
WHERE contradiction_id IN (FROM old_pairs);

DELETE FROM claim_terms
WHERE claim_id IN (FROM old_claims);

DELETE FROM claim_words
WHERE claim_id IN (FROM old_claims);

DELETE FROM claim_spans
WHERE claim_id IN (FROM old_claims);

DELETE FROM claims
WHERE claim_id IN (FROM old_claims);

DELETE FROM sentences
WHERE article_id IN (FROM new_articles);

DELETE FROM compared_articles
WHERE article_id IN (FROM new_articles);

-- A group may be named after an article that goes, or held together by it: all of it is grouped
-- anew. claim_vectors stay: a claim that is found again keeps its identifier.
CREATE OR REPLACE TEMP TABLE old_grouped AS
FROM new_articles
UNION
SELECT article_id
FROM article_groups
WHERE
    group_id IN (
        SELECT group_id
        FROM article_groups
        WHERE article_id IN (FROM new_articles)
    );

DELETE FROM article_bands
WHERE article_id IN (FROM old_grouped);

DELETE FROM article_signatures
WHERE article_id IN (FROM old_grouped);

DELETE FROM article_groups
WHERE article_id IN (FROM old_grouped);

DELETE FROM articles
WHERE article_id IN (FROM new_articles);
