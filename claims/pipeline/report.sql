-- What a run's report lists: claims of the articles $articles (a JSON list), in reading order.
SELECT
    claims.speaker,
    claims.source_text,
    claims.stance,
    claims.cue_text,
    claims.content_text,
    coalesce(articles.path, articles.url, articles.article_id) AS article,
    count(*) OVER () AS total
FROM claims
INNER JOIN articles ON claims.article_id = articles.article_id
WHERE
    claims.pattern <> 'unattributed'
    AND claims.modality = 'asserted'
    AND claims.article_id IN (SELECT unnest(from_json($articles, '["VARCHAR"]')))
ORDER BY article, claims.sentence_index, claims.content_start, claims.claim_id
LIMIT $most;
