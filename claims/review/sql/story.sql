-- A story with who covers it. Parameter: $story.
SELECT *
FROM story_coverage
WHERE story_id = $story;
