-- Standing contradictions with both of their sides, best first. A content may have several spans:
-- start and end are its hull. Parameter: $most, how many pairs at most.
WITH
    best AS (
        SELECT contradiction_id, left_claim_id, right_claim_id, kind, score, explanation
        FROM current_contradictions
        ORDER BY score DESC, contradiction_id
        LIMIT $most
    )

SELECT
    best.contradiction_id,
    best.kind,
    best.score,
    best.explanation,
    left_article.path AS left_article,
    left_claim.outlet AS left_outlet,
    coalesce(left_claim.speaker, left_claim.source_text) AS left_speaker,
    left_claim.stance AS left_stance,
    left_claim.content_text AS left_text,
    left_claim.content_start AS left_start,
    left_claim.content_end AS left_end,
    left_claim.source_text AS left_source,
    left_claim.cue_text AS left_cue,
    left_claim.published_at AS left_published,
    left_printed.outlets AS left_outlets,
    right_article.path AS right_article,
    right_claim.outlet AS right_outlet,
    coalesce(right_claim.speaker, right_claim.source_text) AS right_speaker,
    right_claim.stance AS right_stance,
    right_claim.content_text AS right_text,
    right_claim.content_start AS right_start,
    right_claim.content_end AS right_end,
    right_claim.source_text AS right_source,
    right_claim.cue_text AS right_cue,
    right_claim.published_at AS right_published,
    right_printed.outlets AS right_outlets
FROM best
INNER JOIN claims AS left_claim ON best.left_claim_id = left_claim.claim_id
INNER JOIN claims AS right_claim ON best.right_claim_id = right_claim.claim_id
INNER JOIN articles AS left_article ON left_claim.article_id = left_article.article_id
INNER JOIN articles AS right_article ON right_claim.article_id = right_article.article_id
INNER JOIN contradiction_outlets AS left_printed
    ON best.contradiction_id = left_printed.contradiction_id AND left_printed.side = 'left'
INNER JOIN contradiction_outlets AS right_printed
    ON best.contradiction_id = right_printed.contradiction_id AND right_printed.side = 'right'
ORDER BY best.score DESC, best.contradiction_id;
