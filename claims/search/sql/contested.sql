-- Claims that somebody contradicts, each with its strongest pair and its dispute, for this
-- connection only.
CREATE OR REPLACE TEMP TABLE contested AS
SELECT
    opposing_claims.claim_id,
    count(*) AS contradictions,
    arg_max(opposing_claims.contradiction_id, opposing_claims.score) AS contradiction_id,
    arg_max(dispute_pairs.dispute_id, opposing_claims.score) AS dispute_id
FROM opposing_claims
LEFT JOIN dispute_pairs ON opposing_claims.contradiction_id = dispute_pairs.contradiction_id
GROUP BY opposing_claims.claim_id;
