-- Stories that at least $outlets outlets report, newest first. Parameters: $outlets, $most, $skip.
SELECT *
FROM story_coverage
WHERE outlets >= $outlets
LIMIT $most
OFFSET $skip;
