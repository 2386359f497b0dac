-- Sentence vectors of all claims, not only of those with a claim in another language near them.

ALTER TABLE claim_vectors ADD COLUMN across BOOLEAN;

UPDATE claim_vectors
SET across = true;

COMMENT ON TABLE claim_vectors IS 'Internal: sentence vectors of claims; what they are compared with is chosen by them.';
COMMENT ON COLUMN claim_vectors.across IS 'Whether comparing across languages looks at it: the claim has one in another language near it.';
