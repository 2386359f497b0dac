-- Words of the index with what each is most often taken for: those of $words, and all that are most
-- often taken for the same as one of these, or for one of $terms.
WITH
    usual AS (
        SELECT
            word,
            arg_max(term, claims) AS term,
            arg_max(named, claims) AS named,
            CAST(sum(claims) AS INTEGER) AS claims
        FROM search_words
        GROUP BY word
    )

SELECT *
FROM usual
WHERE
    term IN (
        SELECT term
        FROM usual
        WHERE word IN (SELECT unnest(from_json($words, '["VARCHAR"]')))
    )
    OR term IN (SELECT unnest(from_json($terms, '["VARCHAR"]')));
