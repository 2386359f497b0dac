-- The claims in the temporary table worded with what they are ordered and counted by, into matched.
CREATE OR REPLACE TEMP TABLE matched AS
SELECT
    claims.claim_id,
    claims.article_id,
    claims.sentence_index,
    claims.content_start,
    claims.speaker_id,
    claims.stance,
    claims.outlet,
    claims.language,
    article_days.day,
    contested.claim_id IS NOT NULL AS disputed,
    worded.hits
FROM worded
INNER JOIN claims ON worded.claim_id = claims.claim_id
INNER JOIN article_days ON claims.article_id = article_days.article_id
LEFT JOIN contested ON claims.claim_id = contested.claim_id;
