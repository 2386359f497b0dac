-- How much there is of an outlet, each article once however often it was edited. Parameter: $outlet.
SELECT outlet, count(*) AS articles, min(published_at) AS since, max(published_at) AS until
FROM articles
WHERE outlet = $outlet AND article_id NOT IN (SELECT article_id FROM superseded_articles)
GROUP BY outlet;
