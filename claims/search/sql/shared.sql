-- Vectors of claims by $encoder, by language, of a sample of $most claims.
WITH
    sampled AS (
        SELECT claim_id, vector
        FROM claim_vectors
        WHERE encoder = $encoder
        ORDER BY claim_id
        LIMIT $most
    )

SELECT
    claims.language,
    list(sampled.vector) AS vectors
FROM sampled
INNER JOIN claims ON sampled.claim_id = claims.claim_id
GROUP BY claims.language;
