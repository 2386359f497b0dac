-- How many claims a speaker or an outlet has on each day, and how many of them are disputed; day is
-- NULL for undated articles. An outlet's own statements count where they are disputed. Parameters:
-- $speaker, $outlet, one of them NULL.
SELECT
    CAST(claims.published_at AS DATE) AS day,
    count(*) AS claims,
    count(disputed.claim_id) AS disputed
FROM current_claims AS claims
LEFT JOIN (
    SELECT DISTINCT claim_id
    FROM opposing_claims
) AS disputed ON claims.claim_id = disputed.claim_id
WHERE
    (claims.speaker_id = $speaker OR claims.outlet = $outlet)
    AND (claims.pattern <> 'unattributed' OR disputed.claim_id IS NOT NULL)
GROUP BY day
ORDER BY day;
