-- Each word once for each term that it was taken for, as most claims print it; of those that as many
-- do, the last by the alphabet, so that the same claims leave the same rows.
CREATE OR REPLACE TEMP TABLE compacted AS
SELECT
    word,
    term,
    named,
    max_by(printed, {'claims': claims, 'printed': printed}) AS printed,
    max(sounds) AS sounds,
    CAST(sum(claims) AS INTEGER) AS claims
FROM search_words
GROUP BY word, term, named
ORDER BY word, term;

DELETE FROM search_words;

INSERT INTO search_words BY NAME
FROM compacted;
