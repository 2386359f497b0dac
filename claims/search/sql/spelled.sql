-- The names of speakers in all spellings, folded, for this connection only. They are taken out of
-- the text of the JSON, of which languages are left out: to read it takes five times as long. Without $wanted none.
CREATE OR REPLACE TEMP TABLE spelled AS
SELECT
    speaker_id,
    folded_name(name || ' ' || regexp_replace(CAST(names AS VARCHAR), '"\w+":', '', 'g')) AS spelling
FROM speakers
WHERE $wanted;
