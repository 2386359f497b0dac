-- What a speaker said or an outlet printed, in order of time, each with its strongest pair; an
-- outlet's own statements where they are disputed.
-- Parameters: $speaker, $outlet (one of them NULL), $most, $skip.
WITH
    chosen AS (
        SELECT *
        FROM current_claims
        WHERE
            (speaker_id = $speaker OR outlet = $outlet)
            AND (pattern <> 'unattributed' OR claim_id IN (SELECT opposing_claims.claim_id FROM opposing_claims))
        ORDER BY published_at NULLS LAST, article_id, sentence_index, content_start, claim_id
        LIMIT $most
        OFFSET $skip
    ),

    strongest AS (
        SELECT
            opposing_claims.claim_id,
            count(*) AS pairs,
            arg_max(opposing_claims.contradiction_id, opposing_claims.score) AS contradiction_id
        FROM opposing_claims
        WHERE opposing_claims.claim_id IN (SELECT chosen.claim_id FROM chosen)
        GROUP BY opposing_claims.claim_id
    )

SELECT
    chosen.claim_id,
    chosen.article_id,
    chosen.outlet,
    chosen.language,
    chosen.published_at,
    chosen.stance,
    chosen.speaker_id,
    chosen.speaker,
    speakers.kind AS speaker_kind,
    via.name AS via,
    chosen.source_text,
    chosen.cue_text,
    chosen.content_text,
    strongest.contradiction_id,
    coalesce(strongest.pairs, 0) AS pairs
FROM chosen
LEFT JOIN strongest ON chosen.claim_id = strongest.claim_id
LEFT JOIN speakers ON chosen.speaker_id = speakers.speaker_id
LEFT JOIN speakers AS via ON chosen.via_speaker_id = via.speaker_id
ORDER BY
    chosen.published_at NULLS LAST,
    chosen.article_id,
    chosen.sentence_index,
    chosen.content_start,
    chosen.claim_id;
