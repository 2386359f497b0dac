-- With which other outlets an outlet is at odds. Parameter: $outlet.
SELECT against.outlet, count(*) AS pairs
FROM opposing_claims
INNER JOIN claims ON opposing_claims.claim_id = claims.claim_id
INNER JOIN claims AS against ON opposing_claims.against_claim_id = against.claim_id
WHERE claims.outlet = $outlet AND against.outlet <> $outlet
GROUP BY against.outlet
ORDER BY pairs DESC, against.outlet;
