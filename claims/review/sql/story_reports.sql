-- The reports of a story in order of time, undated ones last; without those that their outlet has
-- edited since. Parameter: $story.
SELECT
    articles.article_id,
    articles.outlet,
    articles.language,
    articles.published_at,
    article_days.day,
    coalesce(articles.title, regexp_extract(trim(articles.text), '[^\n]{0,120}')) AS title,
    article_credits.agency
FROM story_articles
INNER JOIN articles ON story_articles.article_id = articles.article_id
INNER JOIN article_days ON articles.article_id = article_days.article_id
INNER JOIN article_credits ON articles.article_id = article_credits.article_id
WHERE
    story_articles.story_id = $story
    AND articles.article_id NOT IN (SELECT superseded_articles.article_id FROM superseded_articles)
ORDER BY article_days.day NULLS LAST, articles.published_at NULLS LAST, articles.outlet, articles.article_id;
