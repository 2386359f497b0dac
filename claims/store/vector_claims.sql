-- Claims that want a vector to be compared across languages: see claims.store.vectors.wanted. Near are those of other languages
-- that share a term which is of no language (a known name, a number, a concept). Weeks stand for
-- days here, so that a join and not a comparison of all with all finds them.
WITH
    every_claim AS (
        SELECT
            claim_id,
            article_id,
            language,
            content_text,
            wording,
            published_at,
            coalesce(datediff('day', TIMESTAMP '2000-01-03', published_at) // 7, -1) AS week
        FROM current_claims
        WHERE
            stance IN ('report', 'claim', 'accuse', 'confirm', 'announce', 'warn', 'deny')
            AND wording IS NOT NULL
    ),

    steps AS (
        SELECT unnest(range(-($days // 7 + 1), $days // 7 + 2)) AS step
    ),

    -- Weeks that claims of new articles are in or near.
    weeks AS (
        SELECT DISTINCT week + step AS week
        FROM every_claim
        CROSS JOIN steps
        WHERE week >= 0 AND article_id IN (SELECT unnest($new::VARCHAR []))
        UNION
        SELECT -1
        UNION
        SELECT DISTINCT week
        FROM every_claim
        WHERE
            EXISTS (
                SELECT 1
                FROM every_claim
                WHERE week < 0 AND article_id IN (SELECT unnest($new::VARCHAR []))
            )
    ),

    said AS MATERIALIZED (
        SELECT claim_id, language, content_text, week
        FROM every_claim
        WHERE week IN (FROM weeks)
        QUALIFY row_number() OVER (PARTITION BY wording ORDER BY published_at NULLS LAST, claim_id) = 1
    ),

    free AS MATERIALIZED (
        SELECT DISTINCT
            t.claim_id,
            t.term
        FROM claim_terms AS t
        INNER JOIN said USING (claim_id)
        WHERE
            left(t.term, 1) IN ('=', '#', '~')
            AND t.kind IN ('word', 'number', 'entity', 'agent', 'refusable')
    ),

    places AS MATERIALIZED (
        SELECT DISTINCT said.language, said.week, free.term
        FROM said
        INNER JOIN free USING (claim_id)
    ),

    -- The weeks in which each language has a term; those of other weeks too for the undated.
    reach AS (
        SELECT DISTINCT language, term, week + step AS week
        FROM places
        CROSS JOIN steps
        WHERE week >= 0
        UNION
        SELECT DISTINCT language, term, -1 AS week
        FROM places
    ),

    undated AS (
        SELECT DISTINCT language, term
        FROM places
        WHERE week < 0
    )

SELECT DISTINCT said.claim_id, said.content_text
FROM said
INNER JOIN free USING (claim_id)
WHERE
    said.claim_id NOT IN (SELECT claim_id FROM claim_vectors WHERE encoder = $encoder AND across)
    AND (
        EXISTS (
            SELECT 1
            FROM reach
            WHERE
                reach.term = free.term
                AND reach.week = said.week
                AND reach.language <> said.language
        )
        OR EXISTS (
            SELECT 1
            FROM undated
            WHERE undated.term = free.term AND undated.language <> said.language
        )
    )
ORDER BY said.claim_id
LIMIT $most;
