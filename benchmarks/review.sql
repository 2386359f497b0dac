-- A made-up database for benchmarks/review.py: every second article in Urdu, every claim a sentence.
-- Parameters: $articles, $claims, $pairs.
INSERT INTO articles (
    article_id, outlet, url, path, title, language, published_at, fetched_at,
    content_hash, text, extractor
)
SELECT
    'a' || i,
    'Outlet ' || i % 40,
    'https://example.org/' || i,
    'news/' || i || '.txt',
    CASE WHEN i % 2 = 0 THEN 'خبر نمبر ' || i ELSE 'News number ' || i END,
    CASE WHEN i % 2 = 0 THEN 'ur' ELSE 'en' END,
    TIMESTAMP '2024-01-01' + to_hours(CAST(i % 8760 AS INTEGER)),
    NULL,
    'h' || i,
    -- Sentences of one length, each with three words that stand in no other.
    array_to_string(
        list_transform(
            range(40),
            lambda n: CASE
                WHEN i % 2 = 0 THEN 'گواہ نے بدھ کے روز بتایا کہ بڑے ڈیم کا پانی '
                ELSE 'A witness said on Wednesday that the water of the dam is '
            END
            || substr(md5(i || 'a' || n), 1, 6) || ' ' || substr(md5(i || 'b' || n), 1, 5) || ' '
            || substr(md5(i || 'c' || n), 1, 7) || CASE WHEN i % 2 = 0 THEN '۔ ' ELSE '. ' END
        ),
        ''
    ),
    'benchmark'
FROM range($articles) AS numbers (i);

INSERT INTO sentences (
    article_id, sentence_index, start, "end", text
)
SELECT
    articles.article_id,
    CAST(n AS INTEGER),
    CAST(n * (length(articles.text) // 40) AS INTEGER),
    CAST((n + 1) * (length(articles.text) // 40) AS INTEGER),
    substring(
        articles.text, n * (length(articles.text) // 40) + 1, length(articles.text) // 40
    )
FROM articles
CROSS JOIN range(40) AS numbers (n);

INSERT INTO speakers (
    speaker_id, name, kind, names, speaks_for
)
SELECT
    's' || i,
    'Witness ' || i,
    'person',
    CAST('{"ur": ["گواہ ' || i || '"], "en": ["Witness ' || i || '"]}' AS JSON),
    NULL
FROM range(3000) AS numbers (i);

INSERT INTO claims (
    claim_id, article_id, sentence_index, outlet, language, published_at, speaker_id,
    speaker, source_text, cue_text, content_text, content_start, content_end, pattern,
    stance, quotation, negated, via_speaker_id, confidence, extractor
)
SELECT
    'c' || i,
    articles.article_id,
    CAST(i // $articles % 40 AS INTEGER),
    articles.outlet,
    articles.language,
    articles.published_at,
    's' || i % 3000,
    'Witness ' || i % 3000,
    CASE WHEN articles.language = 'ur' THEN 'گواہ' ELSE 'A witness' END,
    CASE WHEN articles.language = 'ur' THEN 'بتایا' ELSE 'said' END,
    CASE WHEN articles.language = 'ur' THEN 'ڈیم نمبر ' ELSE 'dam number ' END || i,
    CAST(sentences.start + 20 AS INTEGER),
    CAST(sentences.start + 40 AS INTEGER),
    'clausal',
    CASE WHEN i % 5 = 0 THEN 'deny' ELSE 'claim' END,
    'indirect',
    false,
    NULL,
    0.8,
    'benchmark'
FROM range($claims) AS numbers (i)
INNER JOIN articles ON articles.article_id = 'a' || i % $articles
INNER JOIN sentences
    ON
        articles.article_id = sentences.article_id
        AND sentences.sentence_index = i // $articles % 40;

INSERT INTO claim_spans (
    claim_id, role, ordinal, start, "end"
)
SELECT
    claims.claim_id,
    roles.role,
    0,
    roles.place + claims.content_start,
    roles.place + claims.content_start + 8
FROM claims
CROSS JOIN (VALUES ('source', -18), ('cue', -8), ('content', 0)) AS roles (role, place);

INSERT INTO contradictions (
    contradiction_id, left_claim_id, right_claim_id, kind, score, explanation, found_at
)
SELECT
    'p' || i,
    'c' || i * 5 % $claims,
    'c' || (i * 7 + 1) % $claims,
    CASE WHEN i % 3 = 0 THEN 'quantity' ELSE 'denial' END,
    0.5 + (i * 37 % 1000) / 2000,
    'One side denied (“تردید”) what the other said.',
    TIMESTAMP '2024-12-31'
FROM range($pairs) AS numbers (i);

INSERT INTO contradiction_spans (
    contradiction_id, side, ordinal, start, "end"
)
SELECT contradictions.contradiction_id, 'left', 0, claims.content_start, claims.content_start + 4
FROM contradictions
INNER JOIN claims ON contradictions.left_claim_id = claims.claim_id;

INSERT INTO claim_vectors (
    claim_id, encoder, vector, across
)
SELECT
    claims.claim_id,
    $encoder,
    unhex(array_to_string(list_transform(range(24), lambda k: md5(claims.claim_id || k)), '')),
    false
FROM claims;

-- All that is made up here was said.
UPDATE claims
SET modality = 'asserted';
