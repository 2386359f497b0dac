-- With which other outlets an outlet is at odds. Parameter: $outlet.
SELECT against.outlet, count(*) AS pairs
FROM disputes
INNER JOIN claims ON disputes.claim_id = claims.claim_id
INNER JOIN claims AS against ON disputes.against_claim_id = against.claim_id
WHERE claims.outlet = $outlet AND against.outlet <> $outlet
GROUP BY against.outlet
ORDER BY pairs DESC, against.outlet;
