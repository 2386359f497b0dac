-- Words of claims that are written almost like $word, at most $most.
SELECT printed
FROM (
    SELECT
        printed,
        sum(claims) AS claims,
        damerau_levenshtein(printed, $word) AS distance
    FROM search_words
    WHERE abs(length(printed) - length($word)) <= 2
    GROUP BY printed
)
WHERE distance BETWEEN 1 AND greatest(1, length($word) // 4)
ORDER BY distance, claims DESC, printed
LIMIT $most;
