-- An article. Parameter: $article.
SELECT article_id, outlet, url, title, language, published_at, text
FROM articles
WHERE article_id = $article;
