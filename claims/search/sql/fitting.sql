-- How many claims fit the filters and do not have the words.
SELECT count(*) AS claims
FROM fitting
WHERE claim_id NOT IN (SELECT claim_id FROM matched);
