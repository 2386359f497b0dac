-- Who printed the claims $claims.
SELECT
    claim_provenance.* EXCLUDE (printings),
    articles.language,
    articles.title,
    articles.url
FROM claim_provenance
INNER JOIN articles ON claim_provenance.article_id = articles.article_id
WHERE claim_provenance.claim_id IN (SELECT unnest(from_json($claims, '["VARCHAR"]')))
ORDER BY claim_provenance.claim_id, claim_provenance.printing;
