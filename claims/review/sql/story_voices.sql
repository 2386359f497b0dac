-- Who is cited in each report of a story, in how many claims, most often first. Parameter: $story.
SELECT
    claims.article_id,
    claims.outlet,
    claims.language,
    claims.speaker_id,
    speakers.kind,
    coalesce(claims.speaker, claims.source_text) AS name,
    count(*) AS claims,
    bool_or(claims.stance = 'deny') AS denies
FROM current_claims AS claims
LEFT JOIN speakers ON claims.speaker_id = speakers.speaker_id
INNER JOIN story_articles ON claims.article_id = story_articles.article_id
WHERE
    story_articles.story_id = $story
    AND claims.pattern <> 'unattributed'
    AND coalesce(claims.speaker, claims.source_text) IS NOT NULL
GROUP BY ALL
ORDER BY claims DESC, name;
