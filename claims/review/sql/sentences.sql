-- Where the sentences of articles stand. Parameter: $articles, their ids.
SELECT article_id, start, "end"
FROM sentences
WHERE article_id IN (SELECT unnest(from_json($articles, '["VARCHAR"]')))
ORDER BY article_id, sentence_index;
