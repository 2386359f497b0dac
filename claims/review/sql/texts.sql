-- Articles with their texts. Parameter: $articles, their ids.
SELECT article_id, title, text
FROM articles
WHERE article_id IN (SELECT unnest(from_json($articles, '["VARCHAR"]')));
