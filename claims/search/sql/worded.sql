-- Of the claims in the temporary table worded, those whose sentences have a word, or whose speaker
-- has it in the name; where the content or the speaker has it counts as a hit. Parameters: $pattern,
-- of the words in the index; $voiced, of folded names, NULL where names do not count; $hits, whether
-- to count them.
CREATE OR REPLACE TEMP TABLE worded AS
WITH
    voiced AS (
        SELECT speaker_id
        FROM spelled
        WHERE regexp_matches(spelling, $voiced)
    )

SELECT
    worded.claim_id,
    worded.speaker_id,
    CASE
        WHEN
            $hits
            AND (
                regexp_matches(indexed_words.content, $pattern)
                OR worded.speaker_id IN (SELECT voiced.speaker_id FROM voiced)
            )
            THEN worded.hits + 1
        ELSE worded.hits
    END AS hits
FROM worded
INNER JOIN indexed_words ON worded.claim_id = indexed_words.claim_id
WHERE
    regexp_matches(indexed_words.passage, $pattern)
    OR worded.speaker_id IN (SELECT voiced.speaker_id FROM voiced);
