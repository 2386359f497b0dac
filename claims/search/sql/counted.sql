-- How many claims there are, how many of them are not in the index, and how many fit the filters.
SELECT
    (SELECT count(*) FROM claims) AS claims,
    (
        SELECT count(*)
        FROM claims
        WHERE claim_id NOT IN (SELECT claim_id FROM indexed_words)
    ) AS unindexed,
    (SELECT count(*) FROM fitting) AS fitting;
