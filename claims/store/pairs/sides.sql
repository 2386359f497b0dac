-- The two sides of pairs; passage is what the sentences say from the first that the claim stands in
-- to the last. Parameter: $pairs, their ids.
WITH
    sides AS (
        SELECT contradiction_id, 'left' AS side, left_claim_id AS claim_id
        FROM contradictions
        WHERE contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')))
        UNION ALL
        SELECT contradiction_id, 'right' AS side, right_claim_id AS claim_id
        FROM contradictions
        WHERE contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')))
    ),

    -- Looked up once: claims are many.
    said AS MATERIALIZED (
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
            claims.via_speaker_id,
            claims.source_text,
            claims.cue_text,
            claims.content_text,
            claims.content_start,
            claims.content_end
        FROM sides
        INNER JOIN claims ON sides.claim_id = claims.claim_id
    ),

    hulls AS (
        SELECT claim_id, min(start) AS start, max("end") AS "end"
        FROM claim_spans
        WHERE claim_id IN (SELECT said.claim_id FROM said)
        GROUP BY claim_id
    ),

    stretches AS (
        SELECT said.claim_id, min(sentences.start) AS start, max(sentences."end") AS "end"
        FROM said
        INNER JOIN hulls ON said.claim_id = hulls.claim_id
        INNER JOIN sentences
            ON
                said.article_id = sentences.article_id
                AND sentences.start < hulls."end"
                AND hulls.start < sentences."end"
        GROUP BY said.claim_id
    )

SELECT
    said.contradiction_id,
    said.side,
    said.claim_id,
    said.article_id,
    articles.path,
    articles.title,
    said.outlet,
    said.language,
    said.published_at,
    said.stance,
    said.speaker_id,
    said.speaker,
    speakers.kind AS speaker_kind,
    via.name AS via,
    said.source_text,
    said.cue_text,
    said.content_text,
    said.content_start AS start,
    said.content_end AS "end",
    substring(articles.text, stretches.start + 1, stretches."end" - stretches.start) AS passage,
    coalesce(printed.outlets, 1) AS outlets,
    superseded_articles.newest_article_id AS newest
FROM said
INNER JOIN articles ON said.article_id = articles.article_id
LEFT JOIN stretches ON said.claim_id = stretches.claim_id
LEFT JOIN (
    SELECT *
    FROM contradiction_outlets
    WHERE contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')))
) AS printed
    ON said.contradiction_id = printed.contradiction_id AND said.side = printed.side
LEFT JOIN superseded_articles ON said.article_id = superseded_articles.article_id
LEFT JOIN speakers ON said.speaker_id = speakers.speaker_id
LEFT JOIN speakers AS via ON said.via_speaker_id = via.speaker_id
ORDER BY said.contradiction_id, said.side;
