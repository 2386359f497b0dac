-- The disputes that stand with a side in a story, best first. Parameter: $story.
SELECT disputed_pairs.dispute_id
FROM disputed_pairs
INNER JOIN claims
    ON
        disputed_pairs.left_claim_id = claims.claim_id
        OR disputed_pairs.right_claim_id = claims.claim_id
INNER JOIN story_articles ON claims.article_id = story_articles.article_id
WHERE story_articles.story_id = $story AND disputed_pairs.standing
GROUP BY disputed_pairs.dispute_id
ORDER BY max(disputed_pairs.score) DESC, disputed_pairs.dispute_id;
