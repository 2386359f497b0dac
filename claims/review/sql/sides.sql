-- The two sides of pairs. Parameter: $pairs, their ids.
WITH
    sides AS (
        SELECT contradiction_id, 'left' AS side, left_claim_id AS claim_id
        FROM contradictions
        WHERE contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')))
        UNION ALL
        SELECT contradiction_id, 'right' AS side, right_claim_id AS claim_id
        FROM contradictions
        WHERE contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')))
    )

SELECT
    sides.contradiction_id,
    sides.side,
    claims.claim_id,
    claims.article_id,
    claims.outlet,
    claims.language,
    claims.published_at,
    claims.stance,
    claims.speaker_id,
    claims.speaker,
    speakers.kind AS speaker_kind,
    via.name AS via,
    claims.source_text,
    claims.cue_text,
    claims.content_text,
    coalesce(printed.outlets, 1) AS outlets,
    superseded_articles.newest_article_id AS newest
FROM sides
INNER JOIN claims ON sides.claim_id = claims.claim_id
LEFT JOIN (
    SELECT *
    FROM contradiction_outlets
    WHERE contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')))
) AS printed
    ON sides.contradiction_id = printed.contradiction_id AND sides.side = printed.side
LEFT JOIN superseded_articles ON claims.article_id = superseded_articles.article_id
LEFT JOIN speakers ON claims.speaker_id = speakers.speaker_id
LEFT JOIN speakers AS via ON claims.via_speaker_id = via.speaker_id
ORDER BY sides.contradiction_id, sides.side;
