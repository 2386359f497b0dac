-- How many more claims there are than the index has.
SELECT (SELECT count(*) FROM claims) - (SELECT count(*) FROM claim_words) AS claims;
