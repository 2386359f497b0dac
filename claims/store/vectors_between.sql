-- Claims with a vector by $encoder from day $first to day $last, and the undated; all where $always.
SELECT
    c.claim_id,
    c.article_id,
    c.language,
    datediff('day', TIMESTAMP '2000-01-01', c.published_at) AS day,
    $every OR c.article_id IN (SELECT unnest($new::VARCHAR [])) AS fresh,
    v.vector
FROM claim_vectors AS v
INNER JOIN current_claims AS c USING (claim_id)
WHERE
    v.encoder = $encoder
    AND v.across
    AND (
        $always
        OR c.published_at IS NULL
        OR datediff('day', TIMESTAMP '2000-01-01', c.published_at) BETWEEN $first AND $last
    )
ORDER BY c.claim_id;
