-- Pairs of claims worth comparing: of opposed polarity, by different speakers, about the same thing.
--
-- Parameters: $every (compare all articles), $new (else: article_ids of which a pair must have one),
-- $most (claims that a term may stand in and still bring claims together), $minimum_overlap.
-- Versions that were since edited take no part.
-- Gives: asserted_id, contested_id, overlap in [0, 1], words (shared words that are no names; 0 where
-- a denial has no words of its own and answers the accusation before it).
--
-- Cost: no claim is compared with every other. A term brings claims together only while it is rare,
-- so a claim meets at most $most others for each of its terms.
WITH
    -- What a shared term is worth beside a shared word: names are in every story of a war.
    worth (kind, share) AS (
        VALUES
            ('word', 1.0), ('refusable', 1.0), ('number', 0.8), ('name', 0.8),
            ('entity', 0.4), ('agent', 0.4), ('target', 0.4), ('voice', 0.4), ('vague', 0.1)
    ),

    -- The two sides of a dispute. Demands, opinions and refusals to comment dispute nothing.
    statements AS MATERIALIZED (
        SELECT
            claim_id,
            article_id,
            outlet,
            sentence_index,
            stance,
            negated,
            -- Who says it, by name: those who are described and not named have an identifier in
            -- each article. Where the source is not resolved its words, then the outlet.
            coalesce(speaker, source_text, outlet) AS voice,
            pattern = 'unattributed' AS own,
            stance IN ('report', 'claim', 'accuse', 'confirm', 'announce', 'warn') AS asserts,
            stance = 'deny' AS denies,
            $every OR article_id IN (SELECT unnest($new::VARCHAR [])) AS fresh
        FROM current_claims
        WHERE stance IN ('report', 'claim', 'accuse', 'confirm', 'announce', 'warn', 'deny')
        -- Of reprints the one that was compared before, else the earliest.
        QUALIFY
            row_number() OVER (
                PARTITION BY coalesce(wording, claim_id)
                ORDER BY fresh, published_at NULLS LAST, article_id, claim_id
            ) = 1
    ),

    stories AS (
        SELECT count(*) AS articles FROM articles
    ),

    frequency AS MATERIALIZED (
        SELECT
            claim_terms.term,
            count(DISTINCT claims.article_id) AS articles,
            count(DISTINCT claim_terms.claim_id) AS claims
        FROM claim_terms
        INNER JOIN current_claims AS claims USING (claim_id)
        GROUP BY claim_terms.term
    ),

    -- A term's weight: inverse document frequency, as if 50 more articles without it were there, so
    -- that a database of four articles does not take every word for a common one.
    held AS MATERIALIZED (
        SELECT
            claim_terms.claim_id,
            claim_terms.term,
            max(worth.share) * ln((50.0 + any_value(stories.articles)) / (1.0 + any_value(frequency.articles)))
                AS weight,
            any_value(frequency.claims) AS claims,
            bool_and(claim_terms.kind = 'voice') AS only_voice,
            bool_or(claim_terms.kind IN ('word', 'refusable')) AS is_word,
            bool_or(claim_terms.kind = 'name') AS is_name
        FROM claim_terms
        INNER JOIN statements USING (claim_id)
        INNER JOIN worth ON claim_terms.kind = worth.kind
        INNER JOIN frequency ON claim_terms.term = frequency.term
        CROSS JOIN stories
        GROUP BY claim_terms.claim_id, claim_terms.term
    ),

    -- Rare words and numbers are what claims meet at; entities are too common.
    blocks AS MATERIALIZED (
        SELECT held.claim_id, held.term, s.negated, s.asserts, s.denies, s.fresh
        FROM held
        INNER JOIN statements AS s USING (claim_id)
        WHERE (held.is_word OR held.is_name) AND held.claims BETWEEN 2 AND $most
    ),

    -- Few claims contest: those that deny, and those whose content is negated.
    contesting AS (
        SELECT * FROM blocks WHERE denies OR (asserts AND negated)
    ),

    asserting AS (
        SELECT * FROM blocks WHERE asserts
    ),

    -- One side at least is new. Two joins keep a small run small.
    met AS MATERIALIZED (
        SELECT a.claim_id AS asserted_id, c.claim_id AS contested_id
        FROM asserting AS a
        INNER JOIN contesting AS c ON a.term = c.term
        WHERE c.fresh
        UNION
        SELECT a.claim_id, c.claim_id
        FROM asserting AS a
        INNER JOIN contesting AS c ON a.term = c.term
        WHERE a.fresh
    ),

    -- Opposed polarity: denying p is against saying p, saying not-p is against saying p.
    opposed AS MATERIALIZED (
        SELECT met.asserted_id, met.contested_id
        FROM met
        INNER JOIN statements AS a ON met.asserted_id = a.claim_id
        INNER JOIN statements AS c ON met.contested_id = c.claim_id
        WHERE
            a.claim_id <> c.claim_id
            -- Two speakers disagree, or two outlets have one speaker say it and not say it; who denies
            -- what he said elsewhere contradicts nobody. Within one article the outlet's own words
            -- negate nobody: they tell what lies beside.
            AND CASE
                WHEN a.article_id = c.article_id
                    THEN a.voice <> c.voice AND (c.denies OR NOT (a.own OR c.own))
                ELSE a.voice <> c.voice OR (a.outlet <> c.outlet AND NOT c.denies)
            END
            AND CASE
                WHEN c.denies THEN a.negated = c.negated
                ELSE c.negated AND NOT a.negated
            END
    ),

    -- What each content weighs, the speaker left out.
    weighed AS MATERIALIZED (
        SELECT claim_id, sum(weight) FILTER (WHERE NOT only_voice) AS weight
        FROM held
        GROUP BY claim_id
    ),

    -- In two steps: joined in one, terms would meet terms before pairs tell which.
    asserted_side AS MATERIALIZED (
        SELECT o.asserted_id, o.contested_id, a.term, a.weight, a.only_voice, a.is_word, a.is_name
        FROM opposed AS o
        INNER JOIN held AS a ON o.asserted_id = a.claim_id
    ),

    -- What both hold. A speaker counts where the other side's content names it: who denies is most
    -- often who was accused. What a speaker adds to the shared weight, it adds to its own side's too.
    measured AS (
        SELECT
            a.asserted_id,
            a.contested_id,
            sum(least(a.weight, c.weight)) AS shared,
            coalesce(sum(a.weight) FILTER (WHERE a.only_voice), 0) AS asserting_voice_weight,
            coalesce(sum(c.weight) FILTER (WHERE c.only_voice), 0) AS contesting_voice_weight,
            count(*) FILTER (WHERE (a.is_word AND (c.is_word OR c.is_name)) OR (a.is_name AND c.is_word))
                AS words
        FROM asserted_side AS a
        INNER JOIN held AS c ON a.contested_id = c.claim_id AND a.term = c.term
        WHERE NOT (a.only_voice AND c.only_voice)
        GROUP BY a.asserted_id, a.contested_id
    ),

    alike AS (
        SELECT
            m.asserted_id,
            m.contested_id,
            least(
                1.0,
                m.shared / least(
                    a.weight + m.asserting_voice_weight,
                    c.weight + m.contesting_voice_weight
                )
            ) AS overlap,
            m.words
        FROM measured AS m
        INNER JOIN weighed AS a ON m.asserted_id = a.claim_id
        INNER JOIN weighed AS c ON m.contested_id = c.claim_id
        WHERE m.words > 0
    ),

    -- "Tehran denied the allegation": a denial that says nothing but that it denies.
    bare AS MATERIALIZED (
        SELECT s.*
        FROM statements AS s
        WHERE
            s.denies
            AND NOT s.negated
            AND NOT EXISTS (
                SELECT 1
                FROM claim_terms
                WHERE
                    claim_terms.claim_id = s.claim_id
                    AND claim_terms.kind NOT IN ('voice', 'vague', 'target', 'negation', 'denial')
            )
    ),

    -- It answers the last accusation, at most two sentences back, that names who denies.
    before_it AS MATERIALIZED (
        SELECT
            a.claim_id AS asserted_id,
            c.claim_id AS contested_id,
            a.sentence_index,
            a.stance
        FROM bare AS c
        INNER JOIN statements AS a ON c.article_id = a.article_id
        WHERE
            a.sentence_index BETWEEN c.sentence_index - 2 AND c.sentence_index
            AND a.stance IN ('accuse', 'claim')
            AND a.voice <> c.voice
            AND NOT a.negated
            AND c.fresh
    ),

    names_before AS MATERIALIZED (
        SELECT b.*, named.term
        FROM before_it AS b
        INNER JOIN held AS named ON b.asserted_id = named.claim_id
        WHERE NOT named.only_voice
    ),

    answered AS (
        SELECT DISTINCT ON (n.contested_id) n.asserted_id, n.contested_id
        FROM names_before AS n
        INNER JOIN held AS denier ON n.contested_id = denier.claim_id AND n.term = denier.term
        WHERE denier.only_voice
        ORDER BY n.contested_id, n.sentence_index DESC, n.stance, n.asserted_id
    )

SELECT asserted_id, contested_id, overlap, words
FROM alike
WHERE overlap >= $minimum_overlap
UNION ALL
SELECT asserted_id, contested_id, 0.0 AS overlap, 0 AS words
FROM answered
ORDER BY asserted_id, contested_id;
