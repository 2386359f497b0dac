-- What is in the folder $folder, as it was collected, in order of time, and what became of it:
-- whether the claim is still found, and what stands now where its outlet has edited the article.
SELECT
    folder_claims.*,
    claims.speaker_id,
    claims.claim_id IS NOT NULL AS found,
    archived.article_id IS NOT NULL AS archived,
    superseded_articles.newest_article_id AS newest,
    seen.seen_at AS newest_seen_at,
    contains(newest.text, trim(folder_claims.quotation)) AS still_printed,
    article_days.day
FROM folder_claims
LEFT JOIN claims ON folder_claims.claim_id = claims.claim_id
LEFT JOIN articles AS archived ON folder_claims.article_id = archived.article_id
LEFT JOIN article_days ON folder_claims.article_id = article_days.article_id
LEFT JOIN superseded_articles ON folder_claims.article_id = superseded_articles.article_id
LEFT JOIN articles AS newest ON superseded_articles.newest_article_id = newest.article_id
LEFT JOIN (
    SELECT article_id, max(seen_at) AS seen_at
    FROM article_addresses
    GROUP BY article_id
) AS seen ON newest.article_id = seen.article_id
WHERE folder_claims.folder = $folder
ORDER BY
    coalesce(CAST(folder_claims.published_at AS DATE), article_days.day) NULLS LAST,
    folder_claims.published_at NULLS LAST,
    folder_claims.outlet,
    folder_claims.article_id,
    folder_claims.quotation_start,
    folder_claims.claim_id;
