-- Whom an outlet quotes most. Parameters: $outlet, $most.
SELECT claims.speaker_id, claims.speaker AS name, speakers.kind, count(*) AS claims
FROM current_claims AS claims
INNER JOIN speakers ON claims.speaker_id = speakers.speaker_id
WHERE claims.outlet = $outlet
GROUP BY ALL
ORDER BY count(*) DESC, claims.speaker
LIMIT $most;
