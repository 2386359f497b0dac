-- For each of the articles $ids those of the same story that are nearest to it in time, at most
-- $most, which are no version of it; the undated count as far away.
SELECT
    own.article_id,
    other.article_id AS mate_id
FROM story_articles AS own
INNER JOIN story_articles AS other ON own.story_id = other.story_id
INNER JOIN articles AS a ON own.article_id = a.article_id
INNER JOIN articles AS b ON other.article_id = b.article_id
WHERE
    own.article_id IN (SELECT unnest($ids::VARCHAR []))
    AND own.article_id <> other.article_id
    AND NOT EXISTS (
        SELECT 1
        FROM article_siblings AS s
        WHERE s.article_id = own.article_id AND s.version_id = other.article_id
    )
QUALIFY
    row_number() OVER (
        PARTITION BY own.article_id
        ORDER BY
            abs(epoch(a.published_at) - epoch(b.published_at)) NULLS LAST,
            other.article_id
    ) <= $most
ORDER BY own.article_id, mate_id;
