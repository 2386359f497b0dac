-- How often who contradicts whom, between speakers that are known, most often first. Parameter:
-- $most.
SELECT
    oppositions.speaker_id,
    speakers.name,
    oppositions.against_speaker_id,
    against.name AS against_name,
    count(*) AS pairs
FROM oppositions
INNER JOIN speakers ON oppositions.speaker_id = speakers.speaker_id
INNER JOIN speakers AS against ON oppositions.against_speaker_id = against.speaker_id
WHERE oppositions.speaker_id <> oppositions.against_speaker_id
GROUP BY ALL
ORDER BY pairs DESC, speakers.name, against.name
LIMIT $most;
