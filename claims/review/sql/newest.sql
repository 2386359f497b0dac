-- The version that stands now in place of an article that was since edited. Parameter: $article.
SELECT newest_article_id
FROM superseded_articles
WHERE article_id = $article;
