-- Pairs of statements that may say the same thing differently: those that share rare terms and most
-- of what they are about, in articles of about the same time.
--
-- Parameters: $every (compare all articles), $new (else: article_ids of which a pair must have one),
-- $most (statements that a term may stand in, within two weeks, and still bring them together),
-- $few (that a term may stand in and alone bring them together),
-- $days (how far apart two dated articles may be), $overlap (least share of the shorter statement's
-- weight that both must hold), $partners (how many others of one article a statement is compared with).
-- Versions that were since edited take no part.
-- Gives: one_id, other_id, overlap in [0, 1], the articles of both, and whether these are of one
-- story; pairs of the same two articles together.
--
-- Cost: a term brings statements together only while it is rare in its week and the next, so a
-- statement meets a bounded number of others however many weeks are stored. Undated articles
-- (week $undated) are of one time; with dated ones they meet at terms that are rare over all.
WITH
    lengths AS (
        SELECT article_id, count(*) AS statements
        FROM claims
        GROUP BY article_id
    ),

    every_statement AS (
        SELECT
            claims.claim_id,
            claims.article_id,
            claims.language,
            coalesce(claims.speaker, claims.source_text, claims.outlet) AS voice,
            claims.pattern = 'unattributed' AS own,
            claims.published_at,
            coalesce(datediff('day', TIMESTAMP '2000-01-03', claims.published_at) // 7, $undated) AS week,
            $every OR claims.article_id IN (SELECT unnest($new::VARCHAR [])) AS fresh
        FROM current_claims AS claims
        INNER JOIN lengths USING (article_id)
        WHERE claims.stance IN ('report', 'claim', 'accuse', 'confirm', 'announce', 'warn')
        -- Of reprints the one that was compared before, else the earliest; of one time that of the
        -- shortest article: what a longer one adds to the report may contradict it.
        QUALIFY
            row_number() OVER (
                PARTITION BY coalesce(claims.wording, claims.claim_id)
                ORDER BY
                    fresh,
                    claims.published_at NULLS LAST,
                    lengths.statements,
                    claims.article_id,
                    claims.claim_id
            ) = 1
    ),

    -- Weeks that new statements may meet.
    weeks AS (
        SELECT DISTINCT week + step AS week
        FROM every_statement
        CROSS JOIN (VALUES (-1), (0), (1)) AS steps (step)
        WHERE fresh
        UNION
        SELECT $undated
        UNION
        SELECT DISTINCT week
        FROM every_statement
        WHERE EXISTS (SELECT 1 FROM every_statement WHERE fresh AND week = $undated)
    ),

    statements AS MATERIALIZED (
        SELECT *
        FROM every_statement
        WHERE week IN (FROM weeks)
    ),

    terms AS MATERIALIZED (
        SELECT t.claim_id, t.term, bool_or(t.kind IN ('entity', 'agent')) AS entity
        FROM claim_terms AS t
        INNER JOIN statements USING (claim_id)
        WHERE t.kind IN ('word', 'name', 'number', 'entity', 'agent', 'refusable')
        GROUP BY t.claim_id, t.term
    ),

    held AS MATERIALIZED (
        SELECT
            s.claim_id,
            s.article_id,
            s.week,
            s.fresh,
            t.term,
            t.entity,
            count(*) OVER (PARTITION BY t.term, s.week) AS claims,
            count(*) OVER (PARTITION BY t.term) AS ever
        FROM terms AS t
        INNER JOIN statements AS s ON t.claim_id = s.claim_id
    ),

    rare AS MATERIALIZED (
        SELECT claim_id, article_id, week, fresh, term, claims, ever
        FROM held
        WHERE claims <= $most AND NOT entity
    ),

    sharing AS MATERIALIZED (
        SELECT
            one.claim_id AS one_id,
            other.claim_id AS other_id,
            one.term,
            greatest(one.claims, other.claims) AS claims
        FROM rare AS one
        CROSS JOIN (VALUES (-1), (0), (1)) AS steps (step)
        INNER JOIN rare AS other
            ON one.term = other.term AND one.week + steps.step = other.week
        WHERE one.fresh AND one.claim_id <> other.claim_id
        UNION ALL
        SELECT one.claim_id, other.claim_id, one.term, one.ever AS claims
        FROM rare AS one
        INNER JOIN rare AS other ON one.term = other.term
        WHERE
            one.fresh
            AND one.ever <= $most
            AND (one.week = $undated) <> (other.week = $undated)
    ),

    met AS MATERIALIZED (
        SELECT least(one_id, other_id) AS one_id, greatest(one_id, other_id) AS other_id
        FROM sharing
        GROUP BY ALL
        HAVING count(DISTINCT term) >= 2 OR min(claims) <= $few
    ),

    weight AS MATERIALIZED (
        SELECT
            claim_id,
            term,
            CASE WHEN entity THEN 0.4 ELSE 1.0 END * ln(2.0 + 1000.0 / claims) AS weight
        FROM held
    ),

    total AS (
        SELECT claim_id, sum(weight) AS weight
        FROM weight
        GROUP BY claim_id
    ),

    -- In two steps: joined in one, terms would meet terms before pairs tell which.
    one_side AS MATERIALIZED (
        SELECT met.one_id, met.other_id, a.term, a.weight
        FROM met
        INNER JOIN weight AS a ON met.one_id = a.claim_id
    ),

    shared AS (
        SELECT a.one_id, a.other_id, sum(least(a.weight, b.weight)) AS weight
        FROM one_side AS a
        INNER JOIN weight AS b ON a.other_id = b.claim_id AND a.term = b.term
        GROUP BY a.one_id, a.other_id
    ),

    alike AS (
        SELECT
            shared.one_id,
            shared.other_id,
            shared.weight,
            one.article_id AS one_article,
            other.article_id AS other_article,
            least(1.0, shared.weight / least(a.weight, b.weight)) AS overlap
        FROM shared
        INNER JOIN statements AS one ON shared.one_id = one.claim_id
        INNER JOIN statements AS other ON shared.other_id = other.claim_id
        INNER JOIN total AS a ON shared.one_id = a.claim_id
        INNER JOIN total AS b ON shared.other_id = b.claim_id
        WHERE
            shared.weight >= $overlap * least(a.weight, b.weight)
            -- Within one article two speakers must disagree: what it tells beside them, and what it
            -- has them say, is about two things.
            AND (
                one.article_id <> other.article_id
                OR (one.voice <> other.voice AND NOT one.own AND NOT other.own)
            )
            AND (
                one.published_at IS NULL
                OR other.published_at IS NULL
                OR abs(datediff('day', one.published_at, other.published_at)) <= $days
            )
    )

SELECT
    one_id,
    other_id,
    overlap,
    one_article,
    other_article,
    coalesce(a.story_id = b.story_id, FALSE) AS one_story
FROM alike
LEFT JOIN story_articles AS a ON one_article = a.article_id
LEFT JOIN story_articles AS b ON other_article = b.article_id
QUALIFY
    row_number() OVER (PARTITION BY one_id, other_article ORDER BY weight DESC, other_id) <= $partners
    AND row_number() OVER (PARTITION BY other_id, one_article ORDER BY weight DESC, one_id) <= $partners
ORDER BY
    least(one_article, other_article),
    greatest(one_article, other_article),
    one_id,
    other_id;
