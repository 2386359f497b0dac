-- Who is heard most, in how many claims, and how many of these are disputed. Parameters: $most, $skip.
SELECT speaker_id, speaker AS name, kind, claims, disputed
FROM claims_by_speaker
WHERE speaker_id IS NOT NULL
ORDER BY claims DESC, speaker, speaker_id
LIMIT $most
OFFSET $skip;
