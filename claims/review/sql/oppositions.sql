-- Who contradicts whom: who denies contradicts the other; where neither or both deny, who spoke
-- later; where no time tells, each the other. Pairs that a reviewer rejected do not count.
CREATE OR REPLACE TEMP VIEW oppositions AS
SELECT
    opposing_claims.contradiction_id,
    claims.claim_id,
    claims.speaker_id,
    claims.outlet,
    against.claim_id AS against_claim_id,
    against.speaker_id AS against_speaker_id,
    against.outlet AS against_outlet
FROM opposing_claims
INNER JOIN claims ON opposing_claims.claim_id = claims.claim_id
INNER JOIN claims AS against ON opposing_claims.against_claim_id = against.claim_id
WHERE
    CASE
        WHEN claims.stance = 'deny' AND against.stance <> 'deny' THEN true
        WHEN claims.stance <> 'deny' AND against.stance = 'deny' THEN false
        ELSE coalesce(claims.published_at >= against.published_at, true)
    END;
