-- The conflicting words of pairs as their articles print them, by claim. Parameter: $pairs, their
-- ids.
SELECT
    CASE spans.side
        WHEN 'left' THEN pairs.left_claim_id
        ELSE pairs.right_claim_id
    END AS claim_id,
    substring(articles.text, spans.start + 1, spans."end" - spans.start) AS words
FROM contradiction_spans AS spans
INNER JOIN contradictions AS pairs ON spans.contradiction_id = pairs.contradiction_id
INNER JOIN
    claims
    ON claims.claim_id = CASE spans.side
        WHEN 'left' THEN pairs.left_claim_id
        ELSE pairs.right_claim_id
    END
INNER JOIN articles ON claims.article_id = articles.article_id
WHERE spans.contradiction_id IN (SELECT unnest(from_json($pairs, '["VARCHAR"]')))
GROUP BY ALL
ORDER BY claim_id, min(spans.start);
