-- A page of the queue: undecided pairs, most telling first, those marked unsure after them. Who
-- takes a decision back leaves a pair unsure that still counts as not looked at.
-- Parameters: $most, $skip.
SELECT contradiction_id
FROM review_queue
ORDER BY verdict IS NOT NULL AND NOT starts_with(note, '[undo '), score DESC, contradiction_id
LIMIT $most
OFFSET $skip;
