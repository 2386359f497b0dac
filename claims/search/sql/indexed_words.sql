-- The index, with the words of claims that are not in it yet, for this connection only.
CREATE OR REPLACE TEMP TABLE fresh_words AS
FROM claim_words
LIMIT 0;

CREATE OR REPLACE TEMP VIEW indexed_words AS
FROM claim_words
UNION ALL
FROM fresh_words;
