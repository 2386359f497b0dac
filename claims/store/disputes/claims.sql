-- The claims of the disputes $disputes, the clearest first.
SELECT
    dispute_claims.dispute_id,
    dispute_claims.claim_id,
    dispute_claims.article_id,
    dispute_claims.side,
    dispute_claims.outlet,
    dispute_claims.language,
    dispute_claims.published_at,
    dispute_claims.stance,
    dispute_claims.speaker_id,
    dispute_claims.speaker,
    dispute_claims.source_text,
    dispute_claims.content_text,
    dispute_claims.standing,
    dispute_claims.superseded,
    speakers.kind AS speaker_kind
FROM dispute_claims
LEFT JOIN speakers ON dispute_claims.speaker_id = speakers.speaker_id
WHERE dispute_claims.dispute_id IN (SELECT unnest(from_json($disputes, '["VARCHAR"]')))
ORDER BY
    dispute_claims.dispute_id,
    dispute_claims.clearness DESC,
    dispute_claims.repeated,
    dispute_claims.score DESC,
    dispute_claims.claim_id DESC;
