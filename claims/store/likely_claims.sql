-- At most $most claims of the articles $new that have no vector by $encoder: what stands and has a
-- content, since by vectors it is chosen what is compared.
SELECT
    claim_id,
    content_text
FROM current_claims
WHERE
    article_id IN (SELECT unnest($new::VARCHAR []))
    AND content_text <> ''
    AND claim_id NOT IN (SELECT claim_id FROM claim_vectors WHERE encoder = $encoder)
ORDER BY claim_id
LIMIT $most;
