-- The decisions about speakers that the database shows, and whether they were taken back.
SELECT decision, undone
FROM speaker_decisions;
