-- Claims whose words are not in the index as $indexer makes them (NULL: not at all), at most $most
-- of them, with the sentences that each stands in.
WITH
    chosen AS (
        SELECT *
        FROM claims
        WHERE
            claim_id NOT IN (
                SELECT claim_id
                FROM claim_words
                WHERE $indexer IS NULL OR indexer = $indexer
            )
        ORDER BY article_id, claim_id
        LIMIT $most
    ),

    -- Without it DuckDB holds every sentence against every claim of its article.
    near AS (
        SELECT article_id, sentence_index, start, "end", text
        FROM sentences
        WHERE article_id IN (SELECT article_id FROM chosen)
    )

SELECT
    chosen.claim_id,
    chosen.article_id,
    chosen.language,
    chosen.content_text,
    coalesce(string_agg(near.text, ' ' ORDER BY near.sentence_index), '') AS passage
FROM chosen
LEFT JOIN near
    ON
        chosen.article_id = near.article_id
        AND (
            chosen.sentence_index = near.sentence_index
            OR (near.start < chosen.content_end AND chosen.content_start < near."end")
        )
GROUP BY ALL
ORDER BY chosen.article_id, chosen.claim_id;
