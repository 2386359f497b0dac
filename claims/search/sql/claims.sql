-- Claims with all that a line about each tells. Parameter: $claims, their identifiers.
WITH
    asked AS (
        SELECT unnest(from_json($claims, '["VARCHAR"]')) AS claim_id
    ),

    spans AS (
        SELECT
            claim_spans.claim_id,
            min(claim_spans.start) AS first_place,
            max(claim_spans."end") AS last_place,
            to_json(
                list([claim_spans.start, claim_spans."end"] ORDER BY claim_spans.ordinal)
                FILTER (WHERE claim_spans.role = 'source')
            )::VARCHAR AS source,
            to_json(
                list([claim_spans.start, claim_spans."end"] ORDER BY claim_spans.ordinal)
                FILTER (WHERE claim_spans.role = 'cue')
            )::VARCHAR AS cue,
            to_json(
                list([claim_spans.start, claim_spans."end"] ORDER BY claim_spans.ordinal)
                FILTER (WHERE claim_spans.role = 'content')
            )::VARCHAR AS content
        FROM claim_spans
        WHERE claim_spans.claim_id IN (SELECT asked.claim_id FROM asked)
        GROUP BY claim_spans.claim_id
    ),

    near AS (
        SELECT article_id, sentence_index, start, "end"
        FROM sentences
        WHERE
            article_id IN (
                SELECT claims.article_id
                FROM claims
                WHERE claims.claim_id IN (SELECT asked.claim_id FROM asked)
            )
    ),

    places AS (
        SELECT
            claims.claim_id,
            min(near.start) AS start,
            max(near."end") AS "end"
        FROM claims
        INNER JOIN asked ON claims.claim_id = asked.claim_id
        LEFT JOIN spans ON claims.claim_id = spans.claim_id
        INNER JOIN near
            ON
                claims.article_id = near.article_id
                AND (
                    claims.sentence_index = near.sentence_index
                    OR (near.start < spans.last_place AND spans.first_place < near."end")
                )
        GROUP BY claims.claim_id
    )

SELECT
    claims.claim_id,
    claims.article_id,
    article_days.day,
    claims.published_at,
    claims.outlet,
    claims.language,
    claims.speaker_id,
    claims.speaker,
    speakers.kind AS speaker_kind,
    via.name AS via,
    claims.stance,
    claims.source_text,
    claims.cue_text,
    claims.content_text,
    coalesce(
        substring(articles.text, places.start + 1, places."end" - places.start),
        claims.content_text
    ) AS passage,
    coalesce(places.start, claims.content_start, 0) AS start,
    spans.source,
    spans.cue,
    spans.content,
    articles.title,
    articles.url,
    articles.path,
    story_articles.story_id,
    coalesce(contested.contradictions, 0) AS contradictions,
    contested.contradiction_id,
    contested.dispute_id
FROM asked
INNER JOIN claims ON asked.claim_id = claims.claim_id
INNER JOIN articles ON claims.article_id = articles.article_id
INNER JOIN article_days ON claims.article_id = article_days.article_id
LEFT JOIN spans ON claims.claim_id = spans.claim_id
LEFT JOIN places ON claims.claim_id = places.claim_id
LEFT JOIN speakers ON claims.speaker_id = speakers.speaker_id
LEFT JOIN speakers AS via ON claims.via_speaker_id = via.speaker_id
LEFT JOIN story_articles ON claims.article_id = story_articles.article_id
LEFT JOIN contested ON claims.claim_id = contested.claim_id;
