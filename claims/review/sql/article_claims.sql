-- The claims of an article in the order of their cues, else of their contents, with the strongest
-- pair that each takes part in. The outlet's own statements are among them only where they are part
-- of a pair. An article that was since edited has the pairs that it had. Parameter: $article.
WITH
    paired AS (
        SELECT *
        FROM contradictions
        WHERE
            $article IN (SELECT article_id FROM superseded_articles)
            OR contradiction_id IN (SELECT contradiction_id FROM current_contradictions)
    ),

    sides AS (
        SELECT left_claim_id AS claim_id, contradiction_id, score
        FROM paired
        UNION ALL
        SELECT right_claim_id AS claim_id, contradiction_id, score
        FROM paired
    ),

    strongest AS (
        SELECT claim_id, count(*) AS pairs, arg_max(contradiction_id, score) AS contradiction_id
        FROM sides
        GROUP BY claim_id
    )

SELECT
    claims.claim_id,
    claims.stance,
    claims.speaker_id,
    claims.speaker,
    speakers.kind AS speaker_kind,
    via.name AS via,
    claims.source_text,
    claims.cue_text,
    claims.content_text,
    strongest.contradiction_id,
    coalesce(strongest.pairs, 0) AS pairs
FROM claims
LEFT JOIN speakers ON claims.speaker_id = speakers.speaker_id
LEFT JOIN speakers AS via ON claims.via_speaker_id = via.speaker_id
LEFT JOIN strongest ON claims.claim_id = strongest.claim_id
WHERE
    claims.article_id = $article
    AND claims.modality = 'asserted'
    AND (claims.pattern <> 'unattributed' OR strongest.claim_id IS NOT NULL)
ORDER BY
    coalesce(
        (
            SELECT min(cues.start)
            FROM claim_spans AS cues
            WHERE cues.claim_id = claims.claim_id AND cues.role = 'cue'
        ),
        claims.content_start
    ),
    claims.content_start,
    claims.claim_id;
