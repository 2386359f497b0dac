-- A claim as its article prints it: the sentences that it stands in, and where in them its content
-- is. Parameter: $claims, their ids.
WITH
    asked AS (
        SELECT *
        FROM claims
        WHERE claim_id IN (SELECT unnest(from_json($claims, '["VARCHAR"]')))
    ),

    reach AS (
        SELECT claim_id, min(start) AS first, max("end") AS last
        FROM claim_spans
        SEMI JOIN asked USING (claim_id)
        GROUP BY claim_id
    ),

    quoted AS (
        SELECT asked.claim_id, min(sentences.start) AS start, max(sentences."end") AS "end"
        FROM asked
        INNER JOIN reach ON asked.claim_id = reach.claim_id
        INNER JOIN sentences
            ON
                asked.article_id = sentences.article_id
                AND sentences."end" > reach.first
                AND sentences.start < reach.last
        GROUP BY asked.claim_id
    ),

    contents AS (
        SELECT
            claim_spans.claim_id,
            list([claim_spans.start - quoted.start, claim_spans."end" - quoted.start] ORDER BY ordinal) AS content
        FROM claim_spans
        INNER JOIN quoted ON claim_spans.claim_id = quoted.claim_id
        WHERE claim_spans.role = 'content'
        GROUP BY claim_spans.claim_id
    )

SELECT
    asked.claim_id,
    asked.article_id,
    asked.outlet,
    asked.language,
    asked.published_at,
    articles.title,
    articles.url,
    asked.speaker,
    asked.source_text,
    asked.stance,
    substring(articles.text, quoted.start + 1, quoted."end" - quoted.start) AS quotation,
    quoted.start AS quotation_start,
    coalesce(contents.content, []) AS content,
    sha256(articles.text) AS text_checksum
FROM asked
INNER JOIN articles ON asked.article_id = articles.article_id
INNER JOIN quoted ON asked.claim_id = quoted.claim_id
LEFT JOIN contents ON asked.claim_id = contents.claim_id
ORDER BY asked.claim_id;
