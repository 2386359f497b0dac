-- Pairs that a person decided: not those left as unsure, nor those where the extraction is wrong,
-- whose sides nobody may have claimed.
SELECT
    pairs.contradiction_id,
    pairs.explanation,
    pairs.verdict,
    pairs.note,
    pairs.reviewer,
    pairs.reviewed_at,
    sides.side,
    claims.claim_id,
    claims.content_text,
    claims.language,
    claims.stance,
    coalesce(claims.speaker, claims.source_text) AS speaker,
    speakers.kind AS speaker_kind,
    claims.outlet,
    articles.article_id,
    articles.url,
    articles.title,
    articles.published_at
FROM contradiction_pairs AS pairs
INNER JOIN (
    SELECT contradiction_id, 1 AS side, left_claim_id AS claim_id
    FROM contradictions
    UNION ALL
    SELECT contradiction_id, 2, right_claim_id
    FROM contradictions
) AS sides ON pairs.contradiction_id = sides.contradiction_id
INNER JOIN claims ON sides.claim_id = claims.claim_id
INNER JOIN articles ON claims.article_id = articles.article_id
LEFT JOIN speakers ON claims.speaker_id = speakers.speaker_id
WHERE pairs.verdict IN ('contradiction', 'compatible', 'superseded')
    AND pairs.contradiction_id IN (
        SELECT contradictions.contradiction_id
        FROM contradictions
        WHERE
            contradictions.left_claim_id IN (SELECT exported_claims.claim_id FROM exported_claims)
            OR contradictions.right_claim_id IN (SELECT exported_claims.claim_id FROM exported_claims)
    )
ORDER BY pairs.contradiction_id, sides.side;
