-- The vectors of claims by $encoder that fit the filters and do not have the words, by language; of
-- claims with a content of three words at least, for shorter ones are near to everything.
SELECT
    claims.language,
    list(claims.claim_id) AS claims,
    list(claim_vectors.vector) AS vectors
FROM fitting
INNER JOIN claims ON fitting.claim_id = claims.claim_id
INNER JOIN claim_vectors ON fitting.claim_id = claim_vectors.claim_id
WHERE
    claim_vectors.encoder = $encoder
    AND claims.content_text LIKE '%_ _% _%'
    AND fitting.claim_id NOT IN (SELECT matched.claim_id FROM matched)
GROUP BY claims.language;
