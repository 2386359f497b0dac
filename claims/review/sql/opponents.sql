-- Whom a speaker contradicts, and who contradicts them, most often first. Parameter: $speaker.
WITH
    both_ways AS (
        SELECT 'contradicts' AS direction, against_speaker_id AS speaker_id, contradiction_id
        FROM oppositions
        WHERE speaker_id = $speaker AND against_speaker_id IS DISTINCT FROM $speaker
        UNION ALL
        SELECT 'contradicted', speaker_id, contradiction_id
        FROM oppositions
        WHERE against_speaker_id = $speaker AND speaker_id IS DISTINCT FROM $speaker
    )

SELECT both_ways.direction, both_ways.speaker_id, speakers.name, count(*) AS pairs
FROM both_ways
LEFT JOIN speakers ON both_ways.speaker_id = speakers.speaker_id
GROUP BY ALL
ORDER BY both_ways.direction, pairs DESC, speakers.name;
