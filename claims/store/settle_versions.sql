-- Which articles are to be compared again after versions changed. The temporary table
-- superseded_before(article_id) has what view superseded_articles gave before. Versions that came
-- back are, and articles whose claims stood for nothing but repeats of a version that went: in the
-- same words as a side of its pairs, or as copies of one.

CREATE OR REPLACE TEMP TABLE went AS
SELECT claims.claim_id, claims.wording
FROM claims
INNER JOIN superseded_articles ON claims.article_id = superseded_articles.article_id
WHERE claims.article_id NOT IN (SELECT article_id FROM superseded_before);

CREATE OR REPLACE TEMP TABLE went_pairs AS
SELECT contradiction_id, left_claim_id, right_claim_id
FROM contradictions
WHERE
    left_claim_id IN (SELECT claim_id FROM went)
    OR right_claim_id IN (SELECT claim_id FROM went);

DELETE FROM compared_articles
WHERE
    article_id IN (
        SELECT article_id
        FROM superseded_before
        UNION
        SELECT claims.article_id
        FROM claims
        INNER JOIN went ON claims.wording = went.wording
        WHERE
            went.claim_id IN (
                SELECT left_claim_id FROM went_pairs
                UNION
                SELECT right_claim_id FROM went_pairs
            )
        UNION
        SELECT claims.article_id
        FROM claims
        INNER JOIN contradiction_copies ON claims.claim_id = contradiction_copies.claim_id
        WHERE contradiction_copies.contradiction_id IN (SELECT contradiction_id FROM went_pairs)
    )
    AND article_id NOT IN (SELECT article_id FROM superseded_articles);
