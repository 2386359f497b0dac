-- The stories of articles, with their headlines. Parameter: $articles, their ids.
SELECT story_id, headline, outlets
FROM story_coverage
WHERE
    story_id IN (
        SELECT story_articles.story_id
        FROM story_articles
        WHERE story_articles.article_id IN (SELECT unnest(from_json($articles, '["VARCHAR"]')))
    )
ORDER BY outlets DESC, story_id;
