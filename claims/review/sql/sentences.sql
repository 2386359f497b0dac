-- Where the sentences of articles stand. Parameter: $articles, their ids.
SELECT article_id, start, "end"
FROM sentences
WHERE article_id IN (SELECT unnest($articles))
ORDER BY article_id, sentence_index;
