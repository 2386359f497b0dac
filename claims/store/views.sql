-- Views for the questions that users ask; re-created whenever the program checks the schema, so a
-- new version changes them without a migration. Names and columns are an interface.

CREATE OR REPLACE VIEW standing_reviews AS
SELECT *
FROM reviews
ANTI JOIN undone_reviews USING (contradiction_id, reviewer, reviewed_at);

COMMENT ON VIEW standing_reviews IS 'What did people decide? All decisions but those that were taken back; the other views ask this one, the table reviews has every decision.';

CREATE OR REPLACE VIEW verdicts AS
SELECT
    contradiction_id,
    verdict,
    note,
    reviewer,
    reviewed_at,
    count(*) OVER (PARTITION BY contradiction_id) AS decisions
FROM standing_reviews
QUALIFY
    row_number() OVER (PARTITION BY contradiction_id ORDER BY reviewed_at DESC, reviewer, verdict)
    = 1;

COMMENT ON VIEW verdicts IS 'How does each reviewed contradiction stand now? The latest decision about it that was not taken back.';
COMMENT ON COLUMN verdicts.verdict IS 'The latest decision: contradiction, compatible, superseded, extraction error, unsure.';
COMMENT ON COLUMN verdicts.decisions IS 'How often it was decided, this decision included.';

CREATE OR REPLACE VIEW article_versions AS
SELECT
    outlet,
    url,
    row_number() OVER (PARTITION BY outlet, url ORDER BY seen_at, article_id) AS version,
    count(*) OVER (PARTITION BY outlet, url) AS versions,
    row_number() OVER (PARTITION BY outlet, url ORDER BY seen_at DESC, article_id DESC)
    = 1 AS newest,
    seen_at,
    article_id
FROM article_addresses
ORDER BY outlet, url, version;

COMMENT ON VIEW article_versions IS 'Which versions of an article were there? One row a version at an address, oldest first; articles without an address have no versions.';
COMMENT ON COLUMN article_versions.version IS 'Number of the version at this address, from 1.';
COMMENT ON COLUMN article_versions.versions IS 'How many versions there are at this address.';
COMMENT ON COLUMN article_versions.newest IS 'Whether this is the last one.';

CREATE OR REPLACE VIEW superseded_articles AS
SELECT
    article_versions.article_id,
    arg_max(latest.article_id, article_versions.seen_at) AS newest_article_id
FROM article_versions
INNER JOIN article_versions AS latest
    ON
        article_versions.outlet = latest.outlet
        AND article_versions.url = latest.url
        AND latest.newest
GROUP BY article_versions.article_id
HAVING NOT bool_or(article_versions.newest);

COMMENT ON VIEW superseded_articles IS 'Which articles has their outlet edited since, and what stands now? One row an article that is the newest version at none of its addresses.';
COMMENT ON COLUMN superseded_articles.newest_article_id IS 'The newest version, at the address where the article was seen last: articles.article_id.';

CREATE OR REPLACE VIEW article_siblings AS
SELECT DISTINCT
    one.article_id,
    other.article_id AS version_id
FROM article_addresses AS one
INNER JOIN article_addresses AS other ON one.outlet = other.outlet AND one.url = other.url
WHERE one.article_id <> other.article_id;

COMMENT ON VIEW article_siblings IS 'Which articles are versions of one another? One row an ordered pair of articles that stood at one address of one outlet.';
COMMENT ON COLUMN article_siblings.version_id IS 'Another version of the article: articles.article_id.';

CREATE OR REPLACE VIEW current_claims AS
SELECT *
FROM claims
WHERE
    modality = 'asserted'
    AND article_id NOT IN (
        SELECT article_id
        FROM superseded_articles
    );

COMMENT ON VIEW current_claims IS 'What stands now? All claims but those of articles that their outlet has since edited, and those that nobody is said to have made (unasserted_claims); the other views ask this one, the table claims has every version''s.';

CREATE OR REPLACE VIEW unasserted_claims AS
SELECT *
FROM claims
WHERE
    modality <> 'asserted'
    AND article_id NOT IN (
        SELECT article_id
        FROM superseded_articles
    );

COMMENT ON VIEW unasserted_claims IS 'What is only supposed, asked or denied to have been said, or quoted of nobody? The claims that no other view has and that are not compared; modality says which they are.';

-- Few articles are edited: what is left out is looked up, not what stays.
CREATE OR REPLACE VIEW current_contradictions AS
WITH edited AS (
    SELECT
        claims.claim_id,
        claims.article_id,
        claims.article_id IN (SELECT article_id FROM superseded_articles) AS superseded
    FROM claims
    WHERE claims.article_id IN (SELECT article_id FROM article_siblings)
)

SELECT *
FROM contradictions
WHERE
    left_claim_id NOT IN (SELECT claim_id FROM edited WHERE superseded)
    AND right_claim_id NOT IN (SELECT claim_id FROM edited WHERE superseded)
    AND contradiction_id NOT IN (
        SELECT pairs.contradiction_id
        FROM contradictions AS pairs
        INNER JOIN edited AS one ON pairs.left_claim_id = one.claim_id
        INNER JOIN edited AS other ON pairs.right_claim_id = other.claim_id
        INNER JOIN article_siblings AS siblings
            ON one.article_id = siblings.article_id AND other.article_id = siblings.version_id
    );

COMMENT ON VIEW current_contradictions IS 'Which contradictions stand now? All but those of articles that were since edited, and those between two versions of one article; the other views ask this one.';

-- Whose extraction error it is stands in the decision; it counts while that is how the pair stands.
CREATE OR REPLACE VIEW skipped_contradictions AS
WITH misread AS (
    SELECT misread_claims.claim_id, misread_claims.contradiction_id
    FROM misread_claims
    INNER JOIN verdicts
        ON
            misread_claims.contradiction_id = verdicts.contradiction_id
            AND misread_claims.reviewer = verdicts.reviewer
            AND misread_claims.reviewed_at = verdicts.reviewed_at
),

found AS (
    SELECT contradictions.contradiction_id, misread.claim_id, misread.contradiction_id AS misread_in
    FROM contradictions
    INNER JOIN misread ON contradictions.left_claim_id = misread.claim_id
    UNION
    SELECT contradictions.contradiction_id, misread.claim_id, misread.contradiction_id
    FROM contradictions
    INNER JOIN misread ON contradictions.right_claim_id = misread.claim_id
)

SELECT found.contradiction_id, found.claim_id, found.misread_in
FROM found
LEFT JOIN verdicts ON found.contradiction_id = verdicts.contradiction_id
WHERE verdicts.verdict IS NULL OR verdicts.verdict = 'unsure';

COMMENT ON VIEW skipped_contradictions IS 'Which contradictions is nobody asked about, since a claim of theirs is wrongly extracted? Those that nobody decided, of claims that a decision "extraction error" about another contradiction names. review_queue, open_disputes and disputed_pairs.undecided leave them out; all other views have them.';
COMMENT ON COLUMN skipped_contradictions.claim_id IS 'The wrongly extracted claim: claims.claim_id.';
COMMENT ON COLUMN skipped_contradictions.misread_in IS 'The contradiction about which that was decided: contradictions.contradiction_id.';

CREATE OR REPLACE VIEW attributed_claims AS
SELECT *
FROM current_claims
WHERE pattern <> 'unattributed';

COMMENT ON VIEW attributed_claims IS 'What do sources say? The claims that are attributed to somebody, whether or not the source could be resolved.';

CREATE OR REPLACE VIEW outlet_statements AS
SELECT
    claim_id,
    article_id,
    sentence_index,
    outlet,
    language,
    published_at,
    content_text,
    content_start,
    content_end,
    negated
FROM current_claims
WHERE pattern = 'unattributed';

COMMENT ON VIEW outlet_statements IS 'What does an outlet say in its own voice? The sentences, or parts of them, that are attributed to nobody.';

-- In how many outlets each wording was printed: reprints of one claim are compared once.
CREATE OR REPLACE VIEW reprints AS
SELECT
    claims.claim_id,
    coalesce(printed.outlets, 1) AS outlets,
    coalesce(printed.articles, 1) AS articles
FROM claims
LEFT JOIN (
    SELECT
        wording,
        count(DISTINCT outlet) AS outlets,
        count(DISTINCT article_id) AS articles
    FROM current_claims
    WHERE wording IS NOT NULL
    GROUP BY wording
) AS printed ON claims.wording = printed.wording;

COMMENT ON VIEW reprints IS 'How often was a claim printed in the same words? One row a claim; versions that were since edited do not count.';
COMMENT ON COLUMN reprints.outlets IS 'Outlets that printed it, this one included.';
COMMENT ON COLUMN reprints.articles IS 'Articles that it stands in, this one included.';

-- Articles that are reprints of each other, and how many outlets print them.
CREATE OR REPLACE VIEW article_copies AS
WITH grouped AS (
    SELECT
        articles.article_id,
        coalesce(article_groups.group_id, articles.article_id) AS group_id,
        articles.outlet,
        articles.title,
        articles.published_at,
        articles.path,
        articles.url
    FROM articles
    LEFT JOIN article_groups ON articles.article_id = article_groups.article_id
),

counted AS (
    SELECT
        group_id,
        count(*) AS articles,
        count(DISTINCT outlet) AS outlets
    FROM grouped
    GROUP BY group_id
)

SELECT
    grouped.article_id,
    grouped.group_id,
    counted.articles,
    counted.outlets,
    grouped.outlet,
    grouped.title,
    grouped.published_at,
    grouped.path,
    grouped.url
FROM grouped
INNER JOIN counted ON grouped.group_id = counted.group_id
ORDER BY counted.outlets DESC, counted.articles DESC, grouped.group_id, grouped.published_at, grouped.article_id;

COMMENT ON VIEW article_copies IS 'Which articles are one story, reprinted? One row an article, with the group of near-identical ones that it is in, most widely printed first. An outlet''s edited versions of one article count as one outlet.';
COMMENT ON COLUMN article_copies.group_id IS 'The group: the least article_id in it, the article''s own where nothing is near-identical to it.';
COMMENT ON COLUMN article_copies.articles IS 'How many articles are in the group.';
COMMENT ON COLUMN article_copies.outlets IS 'How many outlets printed them.';

-- In how many outlets each side of a contradiction was printed: in the same words, or in an article
-- that is near-identical.
CREATE OR REPLACE VIEW contradiction_outlets AS
WITH voiced AS (
    SELECT contradiction_id, 'left' AS side, left_claim_id AS claim_id FROM contradictions
    UNION ALL
    SELECT contradiction_id, 'right', right_claim_id FROM contradictions
    UNION ALL
    SELECT contradiction_id, side, claim_id FROM contradiction_copies
)

SELECT
    voiced.contradiction_id,
    voiced.side,
    count(DISTINCT printed.outlet) AS outlets
FROM voiced
INNER JOIN claims AS said ON voiced.claim_id = said.claim_id
INNER JOIN current_claims AS printed
    ON coalesce(said.wording, said.claim_id) = coalesce(printed.wording, printed.claim_id)
GROUP BY voiced.contradiction_id, voiced.side;

COMMENT ON VIEW contradiction_outlets IS 'How many outlets printed each side of a contradiction? One row a side; reprints in near-identical articles count.';
COMMENT ON COLUMN contradiction_outlets.side IS 'left or right.';
COMMENT ON COLUMN contradiction_outlets.outlets IS 'How many outlets printed this side.';

CREATE OR REPLACE VIEW contradiction_pairs AS
SELECT
    contradictions.contradiction_id,
    contradictions.kind,
    contradictions.score,
    contradictions.explanation,
    left_claim.outlet AS left_outlet,
    left_claim.speaker AS left_speaker,
    left_claim.source_text AS left_source_text,
    left_claim.stance AS left_stance,
    left_claim.content_text AS left_text,
    left_claim.content_start AS left_start,
    left_claim.content_end AS left_end,
    left_claim.published_at AS left_published_at,
    left_claim.language AS left_language,
    left_article.title AS left_title,
    left_article.path AS left_path,
    left_article.url AS left_url,
    left_claim.article_id AS left_article_id,
    contradictions.left_claim_id,
    right_claim.outlet AS right_outlet,
    right_claim.speaker AS right_speaker,
    right_claim.source_text AS right_source_text,
    right_claim.stance AS right_stance,
    right_claim.content_text AS right_text,
    right_claim.content_start AS right_start,
    right_claim.content_end AS right_end,
    right_claim.published_at AS right_published_at,
    right_claim.language AS right_language,
    right_article.title AS right_title,
    right_article.path AS right_path,
    right_article.url AS right_url,
    right_claim.article_id AS right_article_id,
    contradictions.right_claim_id,
    verdicts.verdict,
    verdicts.note,
    verdicts.reviewer,
    verdicts.reviewed_at,
    contradictions.found_at,
    left_claim.pattern = 'unattributed' AS left_own,
    right_claim.pattern = 'unattributed' AS right_own,
    left_printed.outlets AS left_outlets,
    right_printed.outlets AS right_outlets
FROM current_contradictions AS contradictions
INNER JOIN claims AS left_claim ON contradictions.left_claim_id = left_claim.claim_id
INNER JOIN articles AS left_article ON left_claim.article_id = left_article.article_id
INNER JOIN claims AS right_claim ON contradictions.right_claim_id = right_claim.claim_id
INNER JOIN articles AS right_article ON right_claim.article_id = right_article.article_id
INNER JOIN contradiction_outlets AS left_printed
    ON contradictions.contradiction_id = left_printed.contradiction_id AND left_printed.side = 'left'
INNER JOIN contradiction_outlets AS right_printed
    ON contradictions.contradiction_id = right_printed.contradiction_id AND right_printed.side = 'right'
LEFT JOIN verdicts ON contradictions.contradiction_id = verdicts.contradiction_id
ORDER BY contradictions.score DESC, contradictions.contradiction_id;

COMMENT ON VIEW contradiction_pairs IS 'Which claims contradict each other, in words? Every contradiction with both sides and its latest verdict, best first.';
COMMENT ON COLUMN contradiction_pairs.left_source_text IS 'The words that name the left source, as printed.';
COMMENT ON COLUMN contradiction_pairs.left_text IS 'What the left side says: claims.content_text.';
COMMENT ON COLUMN contradiction_pairs.left_start IS 'claims.content_start of the left side.';
COMMENT ON COLUMN contradiction_pairs.left_end IS 'claims.content_end of the left side.';
COMMENT ON COLUMN contradiction_pairs.right_source_text IS 'The words that name the right source, as printed.';
COMMENT ON COLUMN contradiction_pairs.right_text IS 'What the right side says: claims.content_text.';
COMMENT ON COLUMN contradiction_pairs.right_start IS 'claims.content_start of the right side.';
COMMENT ON COLUMN contradiction_pairs.right_end IS 'claims.content_end of the right side.';
COMMENT ON COLUMN contradiction_pairs.left_own IS 'True where the left side is the outlet''s own statement and not a claim of a source.';
COMMENT ON COLUMN contradiction_pairs.right_own IS 'True where the right side is the outlet''s own statement and not a claim of a source.';
COMMENT ON COLUMN contradiction_pairs.left_outlets IS 'How many outlets printed the left side, in the same words or in a near-identical article.';
COMMENT ON COLUMN contradiction_pairs.right_outlets IS 'How many outlets printed the right side, in the same words or in a near-identical article.';
COMMENT ON COLUMN contradiction_pairs.verdict IS 'The latest verdict; NULL before anybody decided.';

CREATE OR REPLACE VIEW review_queue AS
SELECT
    contradiction_id,
    kind,
    score,
    explanation,
    left_outlet,
    left_speaker,
    left_source_text,
    left_stance,
    left_text,
    left_published_at,
    right_outlet,
    right_speaker,
    right_source_text,
    right_stance,
    right_text,
    right_published_at,
    left_claim_id,
    right_claim_id,
    verdict,
    note,
    reviewer,
    reviewed_at,
    found_at
FROM contradiction_pairs
WHERE
    (verdict IS NULL OR verdict = 'unsure')
    AND kind <> 'superseded'
    AND contradiction_id NOT IN (SELECT contradiction_id FROM skipped_contradictions)
ORDER BY verdict IS NOT NULL, score DESC, contradiction_id;

COMMENT ON VIEW review_queue IS 'What is there to review? Contradictions that nobody decided yet, best first; after them those last marked unsure. Those of wrongly extracted claims are left out: skipped_contradictions.';
COMMENT ON COLUMN review_queue.verdict IS 'NULL, or unsure.';

-- A pair that no run has grouped yet is a dispute of its own.
CREATE OR REPLACE VIEW disputed_pairs AS
SELECT
    coalesce(dispute_pairs.dispute_id, contradictions.contradiction_id) AS dispute_id,
    contradictions.contradiction_id,
    coalesce(dispute_pairs.turned, false) AS turned,
    contradictions.kind,
    contradictions.score,
    contradictions.kind <> 'superseded'
    AND coalesce(verdicts.verdict, '') NOT IN ('compatible', 'superseded', 'extraction error')
        AS standing,
    contradictions.kind <> 'superseded'
    AND (verdicts.verdict IS NULL OR verdicts.verdict = 'unsure')
    AND contradictions.contradiction_id NOT IN (SELECT contradiction_id FROM skipped_contradictions)
        AS undecided,
    verdicts.verdict,
    contradictions.left_claim_id,
    contradictions.right_claim_id,
    contradictions.found_at
FROM current_contradictions AS contradictions
LEFT JOIN dispute_pairs ON contradictions.contradiction_id = dispute_pairs.contradiction_id
LEFT JOIN verdicts ON contradictions.contradiction_id = verdicts.contradiction_id;

COMMENT ON VIEW disputed_pairs IS 'Which dispute is each contradiction part of? One row a contradiction that stands now.';
COMMENT ON COLUMN disputed_pairs.dispute_id IS 'The dispute: disputes.dispute_id; the pair''s own identifier where no run has grouped it yet.';
COMMENT ON COLUMN disputed_pairs.turned IS 'As dispute_pairs.turned.';
COMMENT ON COLUMN disputed_pairs.standing IS 'Whether it is a contradiction that no reviewer rejected; superseded figures are none.';
COMMENT ON COLUMN disputed_pairs.undecided IS 'Whether it is a contradiction that waits for a decision; one marked unsure does, one of skipped_contradictions does not.';
COMMENT ON COLUMN disputed_pairs.verdict IS 'The latest verdict; NULL before anybody decided.';

-- Which claims make up a dispute, and where each stands. How clear a claim is as words of its side: a
-- whole proposition rather than a noun phrase (the pattern tells), neither a fragment nor a
-- paragraph, and somebody's who is known.
CREATE OR REPLACE VIEW dispute_claims AS
WITH voiced AS (
    SELECT *, left_claim_id AS claim_id, NOT turned AS asserting, false AS repeated
    FROM disputed_pairs
    UNION ALL
    SELECT *, right_claim_id, turned, false
    FROM disputed_pairs
    UNION ALL
    SELECT
        disputed_pairs.*,
        contradiction_copies.claim_id,
        disputed_pairs.turned = (contradiction_copies.side = 'right'),
        true
    FROM disputed_pairs
    INNER JOIN contradiction_copies
        ON disputed_pairs.contradiction_id = contradiction_copies.contradiction_id
)

SELECT
    voiced.dispute_id,
    claims.claim_id,
    CASE WHEN arg_max(voiced.asserting, voiced.score) THEN 'asserts' ELSE 'contests' END AS side,
    count(DISTINCT voiced.contradiction_id) AS pairs,
    max(voiced.score) AS score,
    bool_or(voiced.standing) AS standing,
    bool_and(voiced.kind = 'superseded') AS superseded,
    bool_and(voiced.repeated) AS repeated,
    CASE
        WHEN claims.pattern IN ('object', 'nominal', 'headline') THEN 0
        ELSE 2
    END
    + CASE WHEN length(claims.content_text) BETWEEN 30 AND 220 THEN 2 ELSE 0 END
    + CASE WHEN claims.speaker IS NULL THEN 0 ELSE 1 END AS clearness,
    claims.published_at,
    claims.outlet,
    claims.language,
    claims.speaker_id,
    claims.speaker,
    claims.source_text,
    claims.stance,
    claims.content_text,
    claims.article_id
FROM voiced
INNER JOIN current_claims AS claims ON voiced.claim_id = claims.claim_id
GROUP BY ALL;

COMMENT ON VIEW dispute_claims IS 'Who says what in a dispute, and on which side? One row a claim of a dispute, reprints and decided pairs included.';
COMMENT ON COLUMN dispute_claims.side IS 'asserts, or contests what the others assert. Where a claim is in pairs of both, that of the best pair.';
COMMENT ON COLUMN dispute_claims.pairs IS 'In how many pairs of the dispute it is.';
COMMENT ON COLUMN dispute_claims.score IS 'Score of the best of them.';
COMMENT ON COLUMN dispute_claims.standing IS 'Whether one of them is a contradiction that no reviewer rejected.';
COMMENT ON COLUMN dispute_claims.superseded IS 'Whether all of them are older counts beside later ones: the claim is part of the dispute''s timeline and of no side.';
COMMENT ON COLUMN dispute_claims.repeated IS 'Whether it only repeats another one, in a near-identical article.';
COMMENT ON COLUMN dispute_claims.clearness IS 'From 0 to 5: how well it tells its side, by what it is, its length, and whether its speaker is known.';

CREATE OR REPLACE VIEW dispute_sides AS
WITH standing AS (
    SELECT *
    FROM dispute_claims
    WHERE standing
),

reporting AS (
    SELECT
        dispute_id,
        outlet,
        count(*) AS claims,
        min(published_at) AS first_published_at,
        max(published_at) AS last_published_at
    FROM standing
    GROUP BY dispute_id, outlet
    HAVING count(DISTINCT side) > 1
)

SELECT
    dispute_id,
    side,
    list(DISTINCT coalesce(speaker, source_text, outlet)) AS voices,
    list(DISTINCT outlet) AS outlets,
    count(*) AS claims,
    arg_max(content_text, (clearness, NOT repeated, score, claim_id)) AS clearest_text,
    arg_max(coalesce(speaker, source_text, outlet), (clearness, NOT repeated, score, claim_id))
        AS clearest_voice,
    arg_max(claim_id, (clearness, NOT repeated, score, claim_id)) AS clearest_claim_id,
    min(published_at) AS first_published_at,
    max(published_at) AS last_published_at
FROM standing
GROUP BY dispute_id, side
UNION ALL
SELECT
    dispute_id,
    'reports both',
    CAST([] AS VARCHAR []),
    list(outlet ORDER BY outlet),
    CAST(sum(claims) AS BIGINT),
    NULL,
    NULL,
    NULL,
    min(first_published_at),
    max(last_published_at)
FROM reporting
GROUP BY dispute_id;

COMMENT ON VIEW dispute_sides IS 'Who asserts, who contests, and who reports both? One row a side of a dispute, with its voices, its outlets and its clearest words; pairs that a reviewer rejected and superseded figures do not count.';
COMMENT ON COLUMN dispute_sides.side IS 'asserts; contests; or reports both, for outlets that print both.';
COMMENT ON COLUMN dispute_sides.voices IS 'Who takes this side: speakers, else sources as printed, else the outlet in its own voice.';
COMMENT ON COLUMN dispute_sides.outlets IS 'Who printed it.';
COMMENT ON COLUMN dispute_sides.claims IS 'How many claims take it, reprints included.';
COMMENT ON COLUMN dispute_sides.clearest_text IS 'The words that tell the side best, as printed: a whole proposition, neither very short nor very long, of a known speaker; NULL for those who report both.';
COMMENT ON COLUMN dispute_sides.clearest_voice IS 'Whose words they are.';
COMMENT ON COLUMN dispute_sides.clearest_claim_id IS 'The claim: claims.claim_id.';
COMMENT ON COLUMN dispute_sides.first_published_at IS 'Date of the earliest dated article.';
COMMENT ON COLUMN dispute_sides.last_published_at IS 'Date of the latest dated article.';

CREATE OR REPLACE VIEW open_disputes AS
WITH counted AS (
    SELECT
        dispute_id,
        count(*) FILTER (WHERE kind <> 'superseded') AS pairs,
        count(*) FILTER (WHERE undecided) AS undecided,
        max(score) FILTER (WHERE undecided) AS score,
        arg_max(contradiction_id, score) FILTER (WHERE undecided) AS contradiction_id,
        string_agg(DISTINCT kind, ', ' ORDER BY kind) AS kinds
    FROM disputed_pairs
    GROUP BY dispute_id
)

SELECT
    counted.dispute_id,
    counted.score,
    asserted.voices AS asserted_by,
    asserted.clearest_text AS asserted,
    contested.voices AS contested_by,
    contested.clearest_text AS contested,
    list_sort(list_distinct(list_concat(asserted.outlets, contested.outlets))) AS outlets,
    counted.kinds,
    counted.pairs,
    counted.undecided,
    least(asserted.first_published_at, contested.first_published_at) AS first_published_at,
    greatest(asserted.last_published_at, contested.last_published_at) AS last_published_at,
    contradictions.explanation,
    counted.contradiction_id,
    coalesce(disputes.found_at, contradictions.found_at) AS found_at
FROM counted
LEFT JOIN disputes ON counted.dispute_id = disputes.dispute_id
INNER JOIN contradictions ON counted.contradiction_id = contradictions.contradiction_id
INNER JOIN dispute_sides AS asserted
    ON counted.dispute_id = asserted.dispute_id AND asserted.side = 'asserts'
INNER JOIN dispute_sides AS contested
    ON counted.dispute_id = contested.dispute_id AND contested.side = 'contests'
WHERE counted.undecided > 0
ORDER BY counted.score DESC, counted.dispute_id;

COMMENT ON VIEW open_disputes IS 'What is contested and not decided yet? One row a dispute with a pair that waits for a decision, best first, with the clearest words of both sides.';
COMMENT ON COLUMN open_disputes.score IS 'Score of the best pair that waits.';
COMMENT ON COLUMN open_disputes.asserted_by IS 'Who asserts it: speakers, else sources as printed, else outlets.';
COMMENT ON COLUMN open_disputes.asserted IS 'The clearest words in which it is asserted.';
COMMENT ON COLUMN open_disputes.contested_by IS 'Who contests it.';
COMMENT ON COLUMN open_disputes.contested IS 'The clearest words in which it is contested.';
COMMENT ON COLUMN open_disputes.outlets IS 'Who printed one side or the other.';
COMMENT ON COLUMN open_disputes.kinds IS 'Kinds of contradiction, separated by commas.';
COMMENT ON COLUMN open_disputes.pairs IS 'How many contradictions it is made of, superseded figures not counted.';
COMMENT ON COLUMN open_disputes.undecided IS 'How many of them wait for a decision.';
COMMENT ON COLUMN open_disputes.first_published_at IS 'Date of the earliest dated article.';
COMMENT ON COLUMN open_disputes.last_published_at IS 'Date of the latest dated article.';
COMMENT ON COLUMN open_disputes.explanation IS 'Why the best pair that waits conflicts, in one sentence.';
COMMENT ON COLUMN open_disputes.contradiction_id IS 'That pair: contradictions.contradiction_id.';

CREATE OR REPLACE VIEW opposing_claims AS
WITH standing AS (
    SELECT contradictions.*, verdicts.verdict
    FROM current_contradictions AS contradictions
    LEFT JOIN verdicts ON contradictions.contradiction_id = verdicts.contradiction_id
    WHERE
        coalesce(verdicts.verdict, '') NOT IN ('compatible', 'superseded', 'extraction error')
        AND contradictions.kind <> 'superseded'
)

SELECT
    left_claim_id AS claim_id,
    right_claim_id AS against_claim_id,
    contradiction_id,
    kind,
    score,
    verdict
FROM standing
UNION ALL
SELECT right_claim_id, left_claim_id, contradiction_id, kind, score, verdict
FROM standing;

COMMENT ON VIEW opposing_claims IS 'Which claims stand against this one? Every contradiction from both its sides, two rows each; those that a reviewer found compatible, superseded or an extraction error are left out.';
COMMENT ON COLUMN opposing_claims.claim_id IS 'The claim that is looked at.';
COMMENT ON COLUMN opposing_claims.against_claim_id IS 'The claim that it conflicts with.';
COMMENT ON COLUMN opposing_claims.verdict IS 'The latest verdict: contradiction, unsure, or NULL before anybody decided.';

CREATE OR REPLACE VIEW article_days AS
SELECT
    article_id,
    coalesce(CAST(published_at AS DATE), dateline_on) AS day
FROM articles;

COMMENT ON VIEW article_days IS 'Of which day is an article? When it was published, else the day of its dateline; NULL where neither is known.';
COMMENT ON COLUMN article_days.day IS 'The day (of publication in UTC; of a dateline in the outlet''s own time).';

CREATE OR REPLACE VIEW story_coverage AS
WITH
    standing AS (
        SELECT
            story_articles.story_id,
            articles.article_id,
            articles.outlet,
            articles.language,
            article_days.day
        FROM story_articles
        INNER JOIN articles ON story_articles.article_id = articles.article_id
        INNER JOIN article_days ON articles.article_id = article_days.article_id
        WHERE articles.article_id NOT IN (SELECT article_id FROM superseded_articles)
    ),

    covered AS (
        SELECT
            story_id,
            count(*) AS articles,
            count(DISTINCT outlet) AS outlets,
            list_sort(list(DISTINCT outlet)) AS outlet_names,
            list_sort(list(DISTINCT language)) AS languages,
            min(day) AS first_on,
            max(day) AS last_on
        FROM standing
        GROUP BY story_id
    ),

    said AS (
        SELECT
            standing.story_id,
            count(*) AS claims
        FROM standing
        INNER JOIN current_claims AS claims ON standing.article_id = claims.article_id
        WHERE claims.pattern <> 'unattributed'
        GROUP BY standing.story_id
    ),

    contested AS (
        SELECT
            standing.story_id,
            count(DISTINCT sides.dispute_id) AS disputes,
            count(DISTINCT sides.contradiction_id) AS contradictions
        FROM standing
        INNER JOIN claims ON standing.article_id = claims.article_id
        INNER JOIN (
            SELECT dispute_id, contradiction_id, left_claim_id AS claim_id
            FROM disputed_pairs
            WHERE standing
            UNION ALL
            SELECT dispute_id, contradiction_id, right_claim_id
            FROM disputed_pairs
            WHERE standing
        ) AS sides ON claims.claim_id = sides.claim_id
        GROUP BY standing.story_id
    )

SELECT
    stories.story_id,
    coalesce(central.title, regexp_extract(trim(central.text), '[^\n]{0,120}')) AS headline,
    covered.articles,
    covered.outlets,
    covered.outlet_names,
    covered.languages,
    covered.first_on,
    covered.last_on,
    coalesce(said.claims, 0) AS claims,
    coalesce(contested.disputes, 0) AS disputes,
    coalesce(contested.contradictions, 0) AS contradictions,
    stories.formed_at
FROM stories
INNER JOIN covered ON stories.story_id = covered.story_id
INNER JOIN articles AS central ON stories.central_article_id = central.article_id
LEFT JOIN said ON stories.story_id = said.story_id
LEFT JOIN contested ON stories.story_id = contested.story_id
ORDER BY covered.last_on DESC NULLS LAST, covered.outlets DESC, covered.articles DESC, stories.story_id;

COMMENT ON VIEW story_coverage IS 'Which events are reported, and who covers them? One row a story, newest first; articles that their outlet has edited since are not counted.';
COMMENT ON COLUMN story_coverage.headline IS 'The headline of the article that is most like the others, or how its text begins.';
COMMENT ON COLUMN story_coverage.articles IS 'How many articles it has.';
COMMENT ON COLUMN story_coverage.outlets IS 'How many outlets they are of.';
COMMENT ON COLUMN story_coverage.outlet_names IS 'These outlets.';
COMMENT ON COLUMN story_coverage.languages IS 'The languages of the articles.';
COMMENT ON COLUMN story_coverage.first_on IS 'The day of the first dated report; NULL where none is dated.';
COMMENT ON COLUMN story_coverage.last_on IS 'The day of the last dated report.';
COMMENT ON COLUMN story_coverage.claims IS 'How many claims of sources they have.';
COMMENT ON COLUMN story_coverage.disputes IS 'How many disputes have a side in it.';
COMMENT ON COLUMN story_coverage.contradictions IS 'How many pairs these are made of.';

-- What an agency's report is known by: the agency in brackets after the place of a dateline ("SEOUL
-- (Reuters) -"; in Arabic script "دبئی ۔23 نومبر (اے پی پی)"), or a byline of one word.
CREATE OR REPLACE VIEW article_credits AS
SELECT
    article_id,
    coalesce(
        nullif(
            regexp_extract(
                left(text, 600),
                '(?m)^[ \t]*\p{Lu}{3,}[^()\n]{0,60}\(([^()\n]{2,30})\)[ \t]*[-–—:]',
                1
            ),
            ''
        ),
        nullif(
            regexp_extract(
                left(text, 600), '(?m)^[ \t]*\p{Arabic}[^()\n]{1,45}\(([\p{Arabic} ]{2,30})\)', 1
            ),
            ''
        ),
        nullif(regexp_extract(trim(byline), '^\S{2,20}$'), '')
    ) AS agency
FROM articles;

COMMENT ON VIEW article_credits IS 'Which news agency does an article credit? One row an article: the agency in brackets after the place of its dateline, or a byline of one word.';
COMMENT ON COLUMN article_credits.agency IS 'The agency as printed; NULL where none is credited.';

-- Printings of a claim: in the same words by the same speaker anywhere; within one story, or among
-- near-identical articles, also where one has all words of the other, five at least, whoever is named.
CREATE OR REPLACE VIEW claim_provenance AS
WITH
    printed AS (
        SELECT
            claims.claim_id,
            claims.article_id,
            claims.outlet,
            claims.published_at,
            claims.speaker,
            claims.source_text,
            claims.via_speaker_id,
            claims.pattern = 'unattributed' AS own,
            claims.wording,
            claims.content_text,
            story_articles.story_id,
            article_groups.group_id,
            regexp_extract_all(lower(strip_accents(claims.content_text)), '[\p{L}\p{N}]+') AS words
        FROM current_claims AS claims
        LEFT JOIN story_articles ON claims.article_id = story_articles.article_id
        LEFT JOIN article_groups ON claims.article_id = article_groups.article_id
    ),

    told AS (
        SELECT *, ' ' || array_to_string(words, ' ') || ' ' AS plain
        FROM printed
    ),

    placed AS (
        SELECT claim_id, article_id, words, plain, story_id AS place
        FROM told
        UNION ALL
        SELECT claim_id, article_id, words, plain, group_id AS place
        FROM told
    ),

    near AS (
        SELECT claim_id, claim_id AS printed_claim_id
        FROM told
        UNION
        SELECT one.claim_id, other.claim_id
        FROM told AS one
        INNER JOIN told AS other
            ON one.wording = other.wording AND one.article_id <> other.article_id
        UNION
        SELECT one.claim_id, other.claim_id
        FROM placed AS one
        INNER JOIN placed AS other ON one.place = other.place AND one.article_id <> other.article_id
        WHERE
            len(one.words) >= 5
            AND len(other.words) >= 5
            AND (contains(one.plain, other.plain) OR contains(other.plain, one.plain))
    ),

    chosen AS (
        SELECT near.claim_id, other.* EXCLUDE (claim_id), near.printed_claim_id
        FROM near
        INNER JOIN told AS other ON near.printed_claim_id = other.claim_id
        QUALIFY
            row_number() OVER (
                PARTITION BY near.claim_id, other.article_id
                ORDER BY
                    near.claim_id <> near.printed_claim_id,
                    other.own,
                    length(other.plain) DESC,
                    near.printed_claim_id
            )
            = 1
    ),

    credited AS (
        SELECT
            chosen.*,
            article_days.day,
            article_credits.agency,
            via.name AS via,
            coalesce(chosen.speaker, chosen.source_text) AS source
        FROM chosen
        INNER JOIN article_days ON chosen.article_id = article_days.article_id
        INNER JOIN article_credits ON chosen.article_id = article_credits.article_id
        LEFT JOIN speakers AS via ON chosen.via_speaker_id = via.speaker_id
    )

SELECT
    claim_id,
    row_number() OVER in_time AS printing,
    printed_claim_id,
    article_id,
    outlet,
    day,
    published_at,
    source,
    via,
    agency,
    concat_ws(' ← ', outlet, agency, via, source) AS chain,
    day IS NOT NULL
    AND rank() OVER (PARTITION BY claim_id ORDER BY day NULLS LAST, published_at NULLS LAST) = 1
        AS first,
    source IS NULL AND count(source) OVER (PARTITION BY claim_id) > 0 AS dropped_source,
    agency IS NULL
    AND via IS NULL
    AND group_id IS NOT NULL
    AND count(coalesce(agency, via)) OVER (PARTITION BY claim_id, group_id) > 0 AS dropped_agency,
    count(*) OVER (PARTITION BY claim_id) AS printings
FROM credited
WINDOW
    in_time AS (
        PARTITION BY claim_id
        ORDER BY day NULLS LAST, published_at NULLS LAST, outlet, printed_claim_id
    )
ORDER BY claim_id, printing;

COMMENT ON VIEW claim_provenance IS 'Who printed a claim, citing whom, who first, and who dropped the attribution? One row a claim and article that prints it, its own article included, in order of time; articles that their outlet has edited since are left out.';
COMMENT ON COLUMN claim_provenance.claim_id IS 'The claim that is looked at.';
COMMENT ON COLUMN claim_provenance.printing IS 'Number of the printing, from 1, by day; undated ones come last.';
COMMENT ON COLUMN claim_provenance.printed_claim_id IS 'The claim as this article prints it: claims.claim_id.';
COMMENT ON COLUMN claim_provenance.day IS 'Day of the article: article_days.day.';
COMMENT ON COLUMN claim_provenance.source IS 'Who is cited for it: the speaker, else the source as printed; NULL where the outlet says it itself.';
COMMENT ON COLUMN claim_provenance.via IS 'Who passed it on, as in "officials told the paper".';
COMMENT ON COLUMN claim_provenance.agency IS 'The news agency that the article credits: article_credits.agency.';
COMMENT ON COLUMN claim_provenance.chain IS 'The way that it came, from the outlet to the source: "Dawn ← APP ← spokesman".';
COMMENT ON COLUMN claim_provenance.first IS 'Whether no dated printing is earlier; always false for an undated one.';
COMMENT ON COLUMN claim_provenance.dropped_source IS 'Whether the outlet says it in its own voice although another printing cites a source.';
COMMENT ON COLUMN claim_provenance.dropped_agency IS 'Whether the article credits nobody although a near-identical one credits an agency or somebody who passed it on.';
COMMENT ON COLUMN claim_provenance.printings IS 'How many printings there are.';

CREATE OR REPLACE VIEW disputed_claims AS
SELECT
    claims.claim_id,
    claims.published_at,
    claims.outlet,
    claims.language,
    claims.speaker_id,
    claims.speaker,
    claims.source_text,
    claims.stance,
    claims.content_text,
    count(*) AS contradictions,
    count(*) FILTER (WHERE opposing_claims.verdict = 'contradiction') AS confirmed,
    max(opposing_claims.score) AS score,
    string_agg(DISTINCT opposing_claims.kind, ', ' ORDER BY opposing_claims.kind) AS kinds,
    string_agg(
        DISTINCT coalesce(against.speaker, against.source_text, against.outlet),
        ', '
        ORDER BY coalesce(against.speaker, against.source_text, against.outlet)
    ) AS disputed_by,
    arg_max(against.content_text, opposing_claims.score) AS strongest_text,
    arg_max(against.claim_id, opposing_claims.score) AS strongest_claim_id,
    claims.article_id
FROM current_claims AS claims
INNER JOIN opposing_claims ON claims.claim_id = opposing_claims.claim_id
INNER JOIN current_claims AS against ON opposing_claims.against_claim_id = against.claim_id
GROUP BY ALL
ORDER BY score DESC, claims.claim_id;

COMMENT ON VIEW disputed_claims IS 'Which claims does somebody contradict? One row a claim, with who disputes it; contradictions that a reviewer rejected do not count.';
COMMENT ON COLUMN disputed_claims.contradictions IS 'How many claims stand against it.';
COMMENT ON COLUMN disputed_claims.confirmed IS 'How many of these a reviewer confirmed.';
COMMENT ON COLUMN disputed_claims.score IS 'Score of the strongest contradiction.';
COMMENT ON COLUMN disputed_claims.kinds IS 'Kinds of contradiction, separated by commas.';
COMMENT ON COLUMN disputed_claims.disputed_by IS 'Who disputes it, separated by commas: the speaker, else the source as printed, else the outlet.';
COMMENT ON COLUMN disputed_claims.strongest_text IS 'What the strongest of them says.';
COMMENT ON COLUMN disputed_claims.strongest_claim_id IS 'The strongest of them: claims.claim_id.';

CREATE OR REPLACE VIEW denials AS
WITH strongest AS (
    SELECT
        claim_id,
        count(*) AS contradictions,
        arg_max(against_claim_id, score) AS against_claim_id
    FROM opposing_claims
    GROUP BY claim_id
)

SELECT
    denial.claim_id,
    denial.published_at,
    denial.outlet,
    denial.language,
    denial.speaker_id,
    denial.speaker,
    denial.source_text,
    denial.cue_text,
    denial.content_text AS denied_text,
    against.speaker AS against_speaker,
    against.source_text AS against_source_text,
    against.outlet AS against_outlet,
    against.content_text AS against_text,
    strongest.against_claim_id,
    coalesce(strongest.contradictions, 0) AS contradictions,
    articles.title,
    articles.path,
    articles.url,
    denial.article_id
FROM current_claims AS denial
INNER JOIN articles ON denial.article_id = articles.article_id
LEFT JOIN strongest ON denial.claim_id = strongest.claim_id
LEFT JOIN claims AS against ON strongest.against_claim_id = against.claim_id
WHERE denial.stance = 'deny'
ORDER BY denial.published_at, denial.article_id, denial.sentence_index, denial.claim_id;

COMMENT ON VIEW denials IS 'Who denies what, and against whom? One row a claim of stance deny, with the strongest claim that it contradicts.';
COMMENT ON COLUMN denials.denied_text IS 'What is denied, as printed.';
COMMENT ON COLUMN denials.against_speaker IS 'Who made the claim that is denied; NULL where none was found in the articles.';
COMMENT ON COLUMN denials.against_text IS 'The claim that is denied, as printed.';
COMMENT ON COLUMN denials.against_claim_id IS 'The claim that is denied: claims.claim_id.';
COMMENT ON COLUMN denials.contradictions IS 'How many claims it contradicts, this one included.';

CREATE OR REPLACE VIEW claims_by_speaker AS
WITH disputed AS (
    SELECT DISTINCT claim_id
    FROM opposing_claims
)

SELECT
    claims.speaker_id,
    claims.speaker,
    speakers.kind,
    speakers.speaks_for,
    count(*) AS claims,
    count(DISTINCT claims.article_id) AS articles,
    count(DISTINCT claims.outlet) AS outlets,
    count(*) FILTER (WHERE claims.stance = 'deny') AS denials,
    count(*) FILTER (WHERE claims.stance = 'accuse') AS accusations,
    count(*) FILTER (WHERE claims.stance = 'confirm') AS confirmations,
    count(*) FILTER (WHERE claims.quotation IN ('direct', 'mixed')) AS quoted,
    count(disputed.claim_id) AS disputed,
    min(claims.published_at) AS first_published_at,
    max(claims.published_at) AS last_published_at
FROM current_claims AS claims
LEFT JOIN speakers ON claims.speaker_id = speakers.speaker_id
LEFT JOIN disputed ON claims.claim_id = disputed.claim_id
WHERE claims.pattern <> 'unattributed'
GROUP BY claims.speaker_id, claims.speaker, speakers.kind, speakers.speaks_for
ORDER BY count(*) DESC, claims.speaker;

COMMENT ON VIEW claims_by_speaker IS 'Who is heard, how often, and how? One row a speaker, most heard first; one row with speaker NULL counts the claims whose source could not be resolved. Outlets'' own statements are not counted.';
COMMENT ON COLUMN claims_by_speaker.claims IS 'How many claims are attributed to the speaker.';
COMMENT ON COLUMN claims_by_speaker.articles IS 'In how many articles.';
COMMENT ON COLUMN claims_by_speaker.outlets IS 'By how many outlets.';
COMMENT ON COLUMN claims_by_speaker.denials IS 'Claims of stance deny.';
COMMENT ON COLUMN claims_by_speaker.accusations IS 'Claims of stance accuse.';
COMMENT ON COLUMN claims_by_speaker.confirmations IS 'Claims of stance confirm.';
COMMENT ON COLUMN claims_by_speaker.quoted IS 'Claims that stand in quotation marks, all or in part.';
COMMENT ON COLUMN claims_by_speaker.disputed IS 'Claims that another claim contradicts.';
COMMENT ON COLUMN claims_by_speaker.first_published_at IS 'Date of the earliest dated article.';
COMMENT ON COLUMN claims_by_speaker.last_published_at IS 'Date of the latest dated article.';

CREATE OR REPLACE VIEW claim_parties AS
WITH heard AS (
    SELECT
        claims.claim_id,
        'speaker' AS relation,
        claims.speaker_id AS party_id,
        claims.speaker AS party,
        speakers.speaks_for
    FROM claims
    LEFT JOIN speakers ON claims.speaker_id = speakers.speaker_id
    WHERE claims.speaker_id IS NOT NULL
    UNION ALL
    SELECT
        claims.claim_id,
        'member',
        speaker_members.member_id,
        speaker_members.member,
        speaker_members.speaks_for
    FROM claims
    INNER JOIN speaker_members ON claims.speaker_id = speaker_members.speaker_id
)

SELECT
    claim_id,
    party,
    relation,
    party_id
FROM heard
UNION
SELECT
    heard.claim_id,
    heard.speaks_for,
    'speaks for',
    speakers.speaker_id
FROM heard
LEFT JOIN speakers ON heard.speaks_for = speakers.name AND speakers.kind = 'state'
WHERE heard.speaks_for IS NOT NULL
ORDER BY claim_id, relation, party;

COMMENT ON VIEW claim_parties IS 'On whose behalf is a claim made? Its speaker, each member of a group that names its members, and the state or body that one of these speaks for. All that Russia says, the Kremlin and "Moscow and Tehran" included: SELECT claims.* FROM claims JOIN claim_parties USING (claim_id) WHERE party = ''Russia''; only what the Kremlin says: … WHERE party = ''Kremlin''.';
COMMENT ON COLUMN claim_parties.party IS 'Name of the speaker, member, state or body.';
COMMENT ON COLUMN claim_parties.relation IS 'speaker, member (of the group that is the speaker) or speaks for (the speaker or member stands for it).';
COMMENT ON COLUMN claim_parties.party_id IS 'The party: speakers.speaker_id; NULL or not in speakers where it is not cited itself.';

CREATE OR REPLACE VIEW speaker_timeline AS
SELECT
    claims.speaker_id,
    claims.speaker,
    row_number() OVER (
        PARTITION BY claims.speaker_id
        ORDER BY
            claims.published_at NULLS LAST,
            claims.article_id,
            claims.sentence_index,
            claims.content_start,
            claims.claim_id
    ) AS ordinal,
    claims.published_at,
    claims.outlet,
    claims.language,
    claims.stance,
    claims.quotation,
    claims.content_text,
    coalesce(against.contradictions, 0) AS contradictions,
    articles.title,
    articles.path,
    articles.url,
    claims.article_id,
    claims.claim_id
FROM current_claims AS claims
INNER JOIN articles ON claims.article_id = articles.article_id
LEFT JOIN (
    SELECT
        claim_id,
        count(*) AS contradictions
    FROM opposing_claims
    GROUP BY claim_id
) AS against ON claims.claim_id = against.claim_id
WHERE claims.speaker_id IS NOT NULL
ORDER BY claims.speaker, claims.speaker_id, ordinal;

COMMENT ON VIEW speaker_timeline IS 'What did a speaker say, in order of time? One row a claim; claims of undated articles come last, in text order.';
COMMENT ON COLUMN speaker_timeline.ordinal IS 'Number of the claim among the speaker''s claims, from 1.';
COMMENT ON COLUMN speaker_timeline.contradictions IS 'How many claims stand against it.';

CREATE OR REPLACE VIEW outlet_disagreements AS
SELECT
    contradiction_id,
    kind,
    score,
    explanation,
    left_outlet,
    left_speaker,
    left_stance,
    left_text,
    left_published_at,
    left_title,
    left_path,
    left_url,
    left_claim_id,
    right_outlet,
    right_speaker,
    right_stance,
    right_text,
    right_published_at,
    right_title,
    right_path,
    right_url,
    right_claim_id,
    verdict
FROM contradiction_pairs
WHERE
    left_outlet <> right_outlet
    AND kind <> 'superseded'
    AND coalesce(verdict, '') NOT IN ('compatible', 'superseded', 'extraction error')
ORDER BY score DESC, contradiction_id;

COMMENT ON VIEW outlet_disagreements IS 'Where do two outlets print things that cannot both stand? Contradictions across outlets that no reviewer rejected, best first.';
COMMENT ON COLUMN outlet_disagreements.verdict IS 'The latest verdict: contradiction, unsure, or NULL before anybody decided.';

CREATE OR REPLACE VIEW run_failures AS
WITH failed AS (
    SELECT
        run_id,
        started_at,
        status,
        unnest(
            from_json(failures, '[{"input": "VARCHAR", "reason": "VARCHAR"}]'), recursive := TRUE
        )
    FROM runs
)

SELECT
    run_id,
    started_at,
    status,
    input,
    reason
FROM failed
ORDER BY started_at DESC, input;

COMMENT ON VIEW run_failures IS 'Which inputs gave no article, and why? One row a failure of a run, latest run first.';
COMMENT ON COLUMN run_failures.status IS 'How the run itself ended: runs.status.';
COMMENT ON COLUMN run_failures.input IS 'The input as the user named it.';
COMMENT ON COLUMN run_failures.reason IS 'Why it gave no article, in one line.';

CREATE OR REPLACE VIEW run_warnings AS
WITH warned AS (
    SELECT
        run_id,
        started_at,
        unnest(from_json(warnings, '["VARCHAR"]')) AS warning
    FROM runs
)

SELECT
    run_id,
    started_at,
    warning
FROM warned
ORDER BY started_at DESC, warning;

COMMENT ON VIEW run_warnings IS 'What should somebody look at? One row a warning of a run, latest run first.';
COMMENT ON COLUMN run_warnings.warning IS 'An outlet that brought far less than usual, or scheduled runs that came late or not at all.';

CREATE OR REPLACE VIEW run_history AS
SELECT
    run_id,
    started_at,
    finished_at,
    status,
    round(epoch(finished_at - started_at), 1) AS seconds,
    articles,
    claims,
    contradictions,
    json_array_length(failures) AS failures,
    coalesce(json_array_length(warnings), 0) AS warnings,
    scheduled_for,
    CASE
        WHEN scheduled_for IS NOT NULL
            THEN greatest(round(epoch(started_at - scheduled_for), 1), 0)
    END AS late,
    error
FROM runs
ORDER BY started_at DESC, run_id;

COMMENT ON VIEW run_history IS 'How did the runs go? One row a run, latest first, with counts of failures and warnings.';
COMMENT ON COLUMN run_history.seconds IS 'How long it took; NULL while it runs.';
COMMENT ON COLUMN run_history.failures IS 'How many inputs gave no article; the view run_failures has them.';
COMMENT ON COLUMN run_history.warnings IS 'How many warnings; the view run_warnings has them.';
COMMENT ON COLUMN run_history.late IS 'Seconds from when the schedule wanted it to when it began; NULL for a run that a person started.';
