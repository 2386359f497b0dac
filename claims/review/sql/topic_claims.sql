-- What a speaker said of one topic, in order of time, and how each claim stands to what they had said
-- of it on an earlier day: said; repeated, in the same words; softened, where it is only an opinion,
-- conditional or no comment after something firm; updated, a later count; reversed, where it
-- contradicts it; denied. Conflicting is what contradicts their own words of the same day, or of an
-- unknown one. Parameters: $speaker, $topic, $most, $skip.
WITH
    mine AS (
        SELECT
            claims.*,
            article_days.day,
            claims.stance IN ('opine', 'decline') OR claims.modality = 'conditional' AS soft,
            row_number() OVER (
                ORDER BY
                    article_days.day NULLS LAST,
                    claims.published_at NULLS LAST,
                    claims.article_id,
                    claims.sentence_index,
                    claims.content_start,
                    claims.claim_id
            ) AS place
        FROM claims
        INNER JOIN article_days ON claims.article_id = article_days.article_id
        WHERE
            claims.speaker_id = $speaker
            AND claims.modality IN ('asserted', 'conditional')
            AND claims.article_id NOT IN (SELECT superseded_articles.article_id FROM superseded_articles)
            AND claims.claim_id IN (SELECT claim_terms.claim_id FROM claim_terms WHERE claim_terms.term = $topic)
    ),

    pairs AS (
        SELECT left_claim_id AS claim_id, right_claim_id AS other_id, contradiction_id, score, kind, standing
        FROM disputed_pairs
        UNION ALL
        SELECT right_claim_id, left_claim_id, contradiction_id, score, kind, standing
        FROM disputed_pairs
    ),

    against_own AS (
        SELECT
            later.claim_id,
            arg_max(pairs.contradiction_id, (pairs.standing, pairs.score)) AS own_pair_id,
            coalesce(bool_or(pairs.standing AND later.day > earlier.day), false) AS reversed,
            bool_or(pairs.standing) AS conflicting
        FROM mine AS later
        INNER JOIN pairs ON later.claim_id = pairs.claim_id
        INNER JOIN mine AS earlier ON pairs.other_id = earlier.claim_id AND earlier.place < later.place
        WHERE pairs.standing OR pairs.kind = 'superseded'
        GROUP BY later.claim_id
    ),

    against_others AS (
        SELECT
            opposing_claims.claim_id,
            count(*) AS pairs,
            arg_max(opposing_claims.contradiction_id, opposing_claims.score) AS contradiction_id
        FROM opposing_claims
        SEMI JOIN mine ON opposing_claims.claim_id = mine.claim_id
        GROUP BY opposing_claims.claim_id
    )

SELECT
    mine.claim_id,
    mine.article_id,
    mine.outlet,
    mine.language,
    mine.published_at,
    mine.stance,
    mine.speaker_id,
    mine.speaker,
    speakers.kind AS speaker_kind,
    via.name AS via,
    mine.source_text,
    mine.cue_text,
    mine.content_text,
    against_others.contradiction_id,
    coalesce(against_others.pairs, 0) AS pairs,
    mine.day,
    against_own.own_pair_id,
    CASE
        WHEN against_own.reversed THEN 'reversed'
        WHEN against_own.conflicting THEN 'conflicting'
        WHEN mine.stance = 'deny' THEN 'denied'
        WHEN against_own.claim_id IS NOT NULL THEN 'updated'
        WHEN
            mine.soft
            AND mine.day > min(CASE WHEN mine.soft THEN NULL ELSE mine.day END) OVER ()
            THEN 'softened'
        WHEN
            mine.wording IS NOT NULL
            AND row_number() OVER (PARTITION BY mine.wording ORDER BY mine.place) > 1
            THEN 'repeated'
        ELSE 'said'
    END AS change
FROM mine
LEFT JOIN against_own ON mine.claim_id = against_own.claim_id
LEFT JOIN against_others ON mine.claim_id = against_others.claim_id
LEFT JOIN speakers ON mine.speaker_id = speakers.speaker_id
LEFT JOIN speakers AS via ON mine.via_speaker_id = via.speaker_id
ORDER BY mine.place
LIMIT $most
OFFSET $skip;
