-- The claims of the articles $ids that may be a side of a contradiction, in text order, each with
-- its sentence vector by $encoder (NULL where it has none). Of a story's reprints one speaks for all.
-- What was not asserted takes no part, nor do demands and refusals to comment, nor what is in none of
-- the $languages (NULL: in any).
SELECT
    c.claim_id,
    c.article_id,
    v.vector
FROM current_claims AS c
LEFT JOIN claim_vectors AS v ON c.claim_id = v.claim_id AND v.encoder = $encoder
WHERE
    c.article_id IN (SELECT unnest($ids::VARCHAR []))
    AND c.stance <> 'decline'
    AND ($languages::VARCHAR [] IS NULL OR list_contains($languages::VARCHAR [], c.language))
ORDER BY c.article_id, c.content_start NULLS LAST, c.claim_id;
