-- What words of claims were taken for: the word as printed, its language, the term, whether it is a
-- name, and how often. Those that only point at a speaker are left out. Parameter: $claims.
SELECT
    claims.language,
    substring(articles.text, terms.start + 1, terms."end" - terms.start) AS printed,
    terms.term,
    bool_or(terms.kind IN ('name', 'entity', 'agent', 'target')) AS named,
    count(*) AS times
FROM claim_terms AS terms
INNER JOIN claims ON terms.claim_id = claims.claim_id
INNER JOIN articles ON claims.article_id = articles.article_id
WHERE
    terms.claim_id IN (SELECT unnest(from_json($claims, '["VARCHAR"]')))
    AND terms.kind NOT IN ('voice', 'number', 'negation')
GROUP BY ALL;
