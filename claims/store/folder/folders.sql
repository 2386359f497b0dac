-- The folders, the latest that something was put into first.
SELECT
    folder AS name,
    count(*) AS claims,
    count(DISTINCT article_id) AS articles,
    list_sort(list(DISTINCT collected_by)) AS collected_by,
    min(collected_at) AS first_at,
    max(collected_at) AS last_at
FROM folder_claims
GROUP BY folder
ORDER BY last_at DESC, folder;
