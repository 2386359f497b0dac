-- What `claims export` writes: every claim that is asked for, with its article and its passage, the
-- sentences from the first that it stands in to the last.
WITH
    hulls AS (
        SELECT claim_spans.claim_id, min(claim_spans.start) AS start, max(claim_spans."end") AS "end"
        FROM claim_spans
        WHERE claim_spans.claim_id IN (SELECT exported_claims.claim_id FROM exported_claims)
        GROUP BY claim_spans.claim_id
    ),

    stretches AS (
        SELECT claims.claim_id, min(sentences.start) AS start, max(sentences."end") AS "end"
        FROM exported_claims AS claims
        INNER JOIN hulls ON claims.claim_id = hulls.claim_id
        INNER JOIN sentences
            ON
                claims.article_id = sentences.article_id
                AND sentences.start < hulls."end"
                AND hulls.start < sentences."end"
        GROUP BY claims.claim_id
    )

SELECT
    claims.*,
    articles.path,
    articles.url,
    articles.title,
    substring(articles.text, stretches.start + 1, stretches."end" - stretches.start) AS passage
FROM exported_claims AS claims
INNER JOIN articles ON claims.article_id = articles.article_id
LEFT JOIN stretches ON claims.claim_id = stretches.claim_id
