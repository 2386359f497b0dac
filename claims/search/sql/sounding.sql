-- Names whose consonants are $sounds.
SELECT DISTINCT word
FROM search_words
WHERE named AND sounds = $sounds;
