-- Where each standing contradiction is compared with others: the stories of its sides; where no run has
-- put an article into one, the article itself, reprints of one report counted as one.
WITH sides AS (
    SELECT contradiction_id, left_claim_id AS claim_id FROM current_contradictions
    UNION ALL
    SELECT contradiction_id, right_claim_id FROM current_contradictions
)

SELECT
    sides.contradiction_id,
    list(
        DISTINCT coalesce(story_articles.story_id, article_groups.group_id, claims.article_id)
    ) AS areas
FROM sides
INNER JOIN claims ON sides.claim_id = claims.claim_id
LEFT JOIN story_articles ON claims.article_id = story_articles.article_id
LEFT JOIN article_groups ON claims.article_id = article_groups.article_id
GROUP BY sides.contradiction_id
ORDER BY sides.contradiction_id;
