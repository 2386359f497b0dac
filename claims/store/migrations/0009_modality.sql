-- Modality: what a source is only supposed, asked or denied to have said, and quoted words of nobody.

ALTER TABLE claims ADD COLUMN modality VARCHAR;

UPDATE claims
SET modality = 'asserted';

COMMENT ON COLUMN claims.modality IS 'Whether it was said: asserted; conditional (if, would, might), questioned, denied (nobody said it), quoted (words in quotation marks that nobody is named for), bare (no more than a pronoun or a name). The views have what is asserted; unasserted_claims has the others.';
