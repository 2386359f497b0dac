-- Each word once for each term that it was taken for.
CREATE OR REPLACE TEMP TABLE compacted AS
SELECT
    word,
    term,
    named,
    arg_max(printed, claims) AS printed,
    any_value(sounds) AS sounds,
    CAST(sum(claims) AS INTEGER) AS claims
FROM search_words
GROUP BY word, term, named
ORDER BY word, term;

DELETE FROM search_words;

INSERT INTO search_words BY NAME
FROM compacted;
