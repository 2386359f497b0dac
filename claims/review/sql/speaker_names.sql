-- What speakers are called in a language: of the spellings in it the one that its articles print
-- most, of a person a full name, and of those that are printed equally often the first. A speaker
-- whom somebody renamed keeps that name. Parameters: $language, $path (of the language in names).
WITH
    spelled AS (
        SELECT
            speaker_id,
            kind,
            name,
            from_json(json_extract(names, $path), '["VARCHAR"]') AS spellings
        FROM speakers
    ),

    each_spelling AS (
        SELECT
            speaker_id,
            kind,
            name,
            unnest(spellings) AS spelling,
            generate_subscripts(spellings, 1) AS ordinal
        FROM spelled
        WHERE name IN (SELECT voices.name FROM voices)
    ),

    printed AS (
        SELECT speaker_id, source_text, count(*) AS claims
        FROM claims
        WHERE language = $language AND speaker_id IS NOT NULL AND source_text IS NOT NULL
        GROUP BY speaker_id, source_text
    ),

    heard AS (
        SELECT
            each_spelling.speaker_id,
            each_spelling.name,
            each_spelling.spelling,
            each_spelling.ordinal,
            each_spelling.kind = 'person' AND NOT contains(each_spelling.spelling, ' ') AS is_bare,
            coalesce(sum(printed.claims), 0) AS claims
        FROM each_spelling
        LEFT JOIN printed
            ON
                each_spelling.speaker_id = printed.speaker_id
                AND contains(printed.source_text, each_spelling.spelling)
        GROUP BY ALL
    )

SELECT speaker_id, name AS stored, spelling AS name
FROM heard
QUALIFY row_number() OVER (PARTITION BY speaker_id ORDER BY is_bare, claims DESC, ordinal) = 1;
