-- What the claims $claims are about, a row a term, with how many of all contested claims have it.
WITH
    asked AS (
        SELECT DISTINCT claim_id, term
        FROM claim_terms
        WHERE
            claim_id IN (SELECT unnest(from_json($claims, '["VARCHAR"]')))
            AND kind NOT IN ('negation', 'denial', 'vague')
    ),

    contested AS (
        SELECT left_claim_id AS claim_id FROM contradictions
        UNION
        SELECT right_claim_id FROM contradictions
    ),

    counted AS (
        SELECT claim_terms.term, count(DISTINCT claim_terms.claim_id) AS claims
        FROM claim_terms
        SEMI JOIN contested ON claim_terms.claim_id = contested.claim_id
        SEMI JOIN asked ON claim_terms.term = asked.term
        GROUP BY claim_terms.term
    )

SELECT asked.claim_id, asked.term, counted.claims
FROM asked
INNER JOIN counted ON asked.term = counted.term;
