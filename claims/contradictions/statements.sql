-- The claims named by $ids as the comparison sees them; a claim's spans and terms,
-- in text order, as JSON arrays.
WITH
    wanted AS (
        SELECT unnest($ids::VARCHAR []) AS claim_id
    ),

    places AS (
        SELECT
            s.claim_id,
            to_json(list([s.start, s."end"] ORDER BY s.ordinal) FILTER (WHERE s.role = 'cue'))::VARCHAR
                AS cue,
            to_json(list([s.start, s."end"] ORDER BY s.ordinal) FILTER (WHERE s.role = 'content'))::VARCHAR
                AS content
        FROM claim_spans AS s
        INNER JOIN wanted USING (claim_id)
        WHERE s.role IN ('cue', 'content')
        GROUP BY s.claim_id
    ),

    held AS (
        SELECT
            t.claim_id,
            to_json(
                list(
                    {'text': t.term, 'kind': t.kind, 'start': t.start, 'end': t."end"}
                    ORDER BY t.start, t."end", t.term, t.kind
                )
            )::VARCHAR AS terms
        FROM claim_terms AS t
        INNER JOIN wanted USING (claim_id)
        GROUP BY t.claim_id
    )

SELECT
    c.claim_id,
    c.article_id,
    a.text,
    coalesce(c.speaker, c.source_text, c.outlet) AS speaker,
    c.speaker_id,
    c.stance,
    c.negated,
    c.confidence,
    c.content_start,
    c.content_end,
    places.cue,
    held.terms,
    places.content,
    c.language,
    c.outlet,
    c.pattern,
    c.published_at,
    c.sentence_index
FROM wanted
INNER JOIN claims AS c USING (claim_id)
INNER JOIN articles AS a USING (article_id)
LEFT JOIN places USING (claim_id)
LEFT JOIN held USING (claim_id)
ORDER BY c.claim_id;
