-- The most frequent values of what was matched, by field. Parameter: $most, of each field.
WITH
    told AS (
        SELECT
            matched.speaker_id,
            matched.stance,
            matched.outlet,
            matched.language,
            story_articles.story_id,
            strftime(matched.day, '%Y-%m') AS month,
            CASE WHEN matched.disputed THEN 'yes' ELSE 'no' END AS disputed
        FROM matched
        LEFT JOIN story_articles ON matched.article_id = story_articles.article_id
    ),

    counted AS (
        SELECT
            CASE
                WHEN grouping(speaker_id) = 0 THEN 'voice'
                WHEN grouping(stance) = 0 THEN 'stance'
                WHEN grouping(outlet) = 0 THEN 'outlet'
                WHEN grouping(language) = 0 THEN 'language'
                WHEN grouping(story_id) = 0 THEN 'story'
                WHEN grouping(month) = 0 THEN 'month'
                ELSE 'disputed'
            END AS field,
            coalesce(speaker_id, stance, outlet, language, story_id, month, disputed) AS value,
            count(*) AS claims
        FROM told
        GROUP BY GROUPING SETS (
            (speaker_id), (stance), (outlet), (language), (story_id), (month), (disputed)
        )
    )

SELECT
    counted.field,
    counted.value,
    counted.claims,
    CASE counted.field
        WHEN 'voice' THEN speakers.name
        WHEN 'story' THEN coalesce(
            central.title, regexp_extract(trim(central.text), '[^\n]{0,120}')
        )
        ELSE counted.value
    END AS label
FROM counted
LEFT JOIN speakers ON counted.field = 'voice' AND counted.value = speakers.speaker_id
LEFT JOIN stories ON counted.field = 'story' AND counted.value = stories.story_id
LEFT JOIN articles AS central ON stories.central_article_id = central.article_id
WHERE counted.value IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY counted.field
    ORDER BY
        CASE WHEN counted.field = 'month' THEN counted.value END DESC,
        counted.claims DESC,
        counted.value
) <= $most
ORDER BY
    counted.field,
    CASE WHEN counted.field = 'month' THEN counted.value END DESC,
    counted.claims DESC,
    counted.value;
