-- The claims that fit all filters but the text, into the temporary table fitting. An outlet's own
-- statements are among them where somebody contradicts them. A filter that is NULL lets everything
-- through. Parameters: $speaker, of folded names a regular expression, $voice, $stance, $outlet,
-- $language, $story, $since, $until, $disputed.
CREATE OR REPLACE TEMP TABLE fitting AS
SELECT
    claims.claim_id,
    claims.speaker_id,
    0 AS hits
FROM current_claims AS claims
INNER JOIN article_days ON claims.article_id = article_days.article_id
LEFT JOIN contested ON claims.claim_id = contested.claim_id
WHERE
    (claims.pattern <> 'unattributed' OR contested.claim_id IS NOT NULL)
    AND ($outlet IS NULL OR claims.outlet = $outlet)
    AND ($language IS NULL OR claims.language = $language)
    AND ($stance IS NULL OR claims.stance = $stance)
    AND ($since IS NULL OR article_days.day >= CAST($since AS DATE))
    AND ($until IS NULL OR article_days.day <= CAST($until AS DATE))
    AND ($disputed IS NULL OR $disputed = (contested.claim_id IS NOT NULL))
    AND ($voice IS NULL OR claims.speaker_id = $voice)
    AND (
        $speaker IS NULL
        OR claims.speaker_id IN (
            SELECT spelled.speaker_id
            FROM spelled
            WHERE regexp_matches(spelled.spelling, $speaker)
        )
        OR (claims.speaker_id IS NULL AND regexp_matches(folded_name(claims.source_text), $speaker))
    )
    AND (
        $story IS NULL
        OR claims.article_id IN (
            SELECT story_articles.article_id
            FROM story_articles
            WHERE starts_with(story_articles.story_id, $story)
        )
    );
