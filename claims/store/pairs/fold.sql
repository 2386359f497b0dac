-- How words are compared in a search: without case, accents, vowel signs and joiners, and with one
-- letter where Arabic and Urdu keyboards type two.
CREATE OR REPLACE TEMP MACRO fold(words) AS translate(
    lower(strip_accents(words)), 'كيىےةۃە' || chr(8204) || chr(8205) || chr(8206) || chr(8207), 'کیییہہہ'
);
