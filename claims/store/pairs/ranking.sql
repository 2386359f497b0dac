-- The pairs that fit the filters, numbered in the order of the queue: most telling first, those
-- marked unsure at the end; of those not decided, none that is skipped for a wrongly extracted claim.
-- Of a pair, one side must fit all that is asked of a claim. Superseded figures, which are
-- no contradictions, are there where their kind is asked for. $pair is among them, fit or not. A filter that is NULL lets everything through.
WITH
    voices AS (
        SELECT speaker_id
        FROM speakers
        CROSS JOIN
            unnest(
                list_append(
                    flatten(map_values(from_json(names, '"MAP(VARCHAR, VARCHAR[])"'))), name
                )
            ) AS spellings (spelling)
        WHERE $speaker IS NOT NULL AND contains(fold(spelling), fold($speaker))
    ),

    paired AS (
        SELECT left_claim_id AS claim_id
        FROM contradictions
        UNION
        SELECT right_claim_id
        FROM contradictions
    ),

    fitting AS (
        SELECT claims.claim_id
        FROM claims
        INNER JOIN paired ON claims.claim_id = paired.claim_id
        INNER JOIN articles ON claims.article_id = articles.article_id
        LEFT JOIN sentences
            ON
                claims.article_id = sentences.article_id
                AND claims.sentence_index = sentences.sentence_index
        WHERE
            ($outlet IS NULL OR claims.outlet = $outlet)
            AND ($language IS NULL OR claims.language = $language)
            AND ($stance IS NULL OR claims.stance = $stance)
            AND ($since IS NULL OR claims.published_at >= CAST($since AS DATE))
            AND ($until IS NULL OR claims.published_at < CAST($until AS DATE) + INTERVAL 1 DAY)
            AND ($voice IS NULL OR claims.speaker_id = $voice)
            AND (
                $speaker IS NULL
                OR claims.speaker_id IN (FROM voices)
                OR contains(fold(claims.source_text), fold($speaker))
            )
            AND (
                $text IS NULL
                OR contains(fold(claims.content_text), fold($text))
                OR contains(fold(sentences.text), fold($text))
                OR contains(fold(articles.title), fold($text))
            )
    )

SELECT
    contradictions.contradiction_id,
    (verdicts.verdict IS NULL OR verdicts.verdict = 'unsure')
    AND contradictions.contradiction_id NOT IN (SELECT contradiction_id FROM skipped_contradictions)
        AS undecided,
    row_number() OVER (
        ORDER BY
            coalesce(verdicts.verdict = 'unsure', false),
            contradictions.score DESC,
            contradictions.contradiction_id
    ) AS place,
    count(*) OVER () AS total
FROM contradictions
INNER JOIN claims AS left_claim ON contradictions.left_claim_id = left_claim.claim_id
INNER JOIN claims AS right_claim ON contradictions.right_claim_id = right_claim.claim_id
LEFT JOIN verdicts ON contradictions.contradiction_id = verdicts.contradiction_id
WHERE
    contradictions.contradiction_id = $pair
    OR (
        contradictions.contradiction_id IN (SELECT contradiction_id FROM current_contradictions)
        AND (
            contradictions.kind = $kind
            OR ($kind IS NULL AND contradictions.kind <> 'superseded')
        )
        AND (
            $decided = 'all'
            OR ($decided = 'yes' AND verdicts.verdict <> 'unsure')
            OR (
                $decided = 'no'
                AND (verdicts.verdict IS NULL OR verdicts.verdict = 'unsure')
                AND contradictions.contradiction_id NOT IN (
                    SELECT contradiction_id FROM skipped_contradictions
                )
            )
        )
        AND (
            (
                left_claim.claim_id IN (FROM fitting)
                AND ($against IS NULL OR right_claim.speaker_id = $against)
            )
            OR (
                right_claim.claim_id IN (FROM fitting)
                AND ($against IS NULL OR left_claim.speaker_id = $against)
            )
        )
    )
