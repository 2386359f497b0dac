-- How much there is of an outlet. Parameter: $outlet.
SELECT outlet, count(*) AS articles, min(published_at) AS since, max(published_at) AS until
FROM articles
WHERE outlet = $outlet
GROUP BY outlet;
