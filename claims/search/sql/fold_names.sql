-- Names as claims.speakers.names.key folds them, words apart, with a space before and after.
CREATE OR REPLACE TEMP MACRO folded_name(name) AS (
    ' ' || translate(
        lower(strip_accents(name)),
        'يىېكهھەةٱ"{}[]:,()-–‐' || chr(8204) || 'ءـ.''’',
        'یییکہہہہا             '
    ) || ' '
);
