-- What a speaker speaks of in several claims: the terms that are frequent with them and rare
-- elsewhere, as they are most often printed. Parameters: $speaker, $most.
WITH
    mine AS (
        SELECT DISTINCT
            claim_terms.claim_id,
            claim_terms.term,
            substring(articles.text, claim_terms.start + 1, claim_terms."end" - claim_terms.start) AS printed
        FROM current_claims AS claims
        INNER JOIN claim_terms ON claims.claim_id = claim_terms.claim_id
        INNER JOIN articles ON claims.article_id = articles.article_id
        WHERE
            claims.speaker_id = $speaker
            AND claim_terms.kind IN ('word', 'name', 'entity', 'agent', 'target')
    ),

    often AS (
        SELECT term, mode(printed) AS printed, count(DISTINCT claim_id) AS claims
        FROM mine
        GROUP BY term
        HAVING count(DISTINCT claim_id) > 1
    ),

    everywhere AS (
        SELECT claim_terms.term, count(DISTINCT claim_terms.claim_id) AS claims
        FROM claim_terms
        SEMI JOIN often ON claim_terms.term = often.term
        GROUP BY claim_terms.term
    )

SELECT often.term, often.printed, often.claims
FROM often
INNER JOIN everywhere ON often.term = everywhere.term
ORDER BY often.claims * ln((SELECT 1 + count(*) FROM claims) / everywhere.claims) DESC, often.term
LIMIT $most;
