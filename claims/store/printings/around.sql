-- The claims that may be printings of the claims $claims: those of the same wording, those of their
-- stories, and those of articles that are near-identical to theirs.
CREATE TEMP TABLE current_claims AS
WITH
    asked AS (
        SELECT claim_id, article_id, wording
        FROM claims
        WHERE claim_id IN (SELECT unnest(from_json($claims, '["VARCHAR"]')))
    ),

    around AS (
        SELECT article_id
        FROM asked
        UNION
        SELECT article_id
        FROM story_articles
        WHERE
            story_id IN (
                SELECT story_id FROM story_articles SEMI JOIN asked USING (article_id)
            )
        UNION
        SELECT article_id
        FROM article_groups
        WHERE
            group_id IN (
                SELECT group_id FROM article_groups SEMI JOIN asked USING (article_id)
            )
    )

SELECT *
FROM current_claims
WHERE
    article_id IN (SELECT article_id FROM around)
    OR wording IN (SELECT wording FROM asked WHERE wording IS NOT NULL);
