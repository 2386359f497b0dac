-- Whether a claim has a word that $pattern, an expression over words of the index, finds.
SELECT count(*) > 0 AS has
FROM (
    SELECT 1
    FROM indexed_words
    WHERE regexp_matches(passage, $pattern)
    LIMIT 1
);
