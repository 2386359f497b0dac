-- Every span of every claim with the words around it, in the order of the texts.
SELECT
    claims.claim_id,
    claims.article_id,
    articles.url,
    articles.language,
    claims.stance,
    claims.speaker,
    claims.extractor,
    claim_spans.role,
    claim_spans.start,
    claim_spans."end",
    substring(articles.text, claim_spans.start + 1, claim_spans."end" - claim_spans.start) AS exact,
    substring(
        articles.text,
        greatest(claim_spans.start - 32, 0) + 1,
        least(claim_spans.start, 32)
    ) AS prefix,
    substring(articles.text, claim_spans."end" + 1, 32) AS suffix
FROM claims
INNER JOIN articles ON claims.article_id = articles.article_id
INNER JOIN claim_spans ON claims.claim_id = claim_spans.claim_id
ORDER BY
    claims.article_id,
    claims.sentence_index,
    claims.claim_id,
    claim_spans.start,
    claim_spans.role;
