-- Articles with their texts. Parameter: $articles, their ids.
SELECT article_id, text
FROM articles
WHERE article_id IN (SELECT unnest(from_json($articles, '["VARCHAR"]')));
