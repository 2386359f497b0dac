-- Every claim that stands as one annotation, in the order of the texts; each span with the words around it.
SELECT
    CAST(
        json_object(
            'id', 'urn:claims:claim:' || claims.claim_id,
            'type', 'Annotation',
            'motivation', 'identifying',
            'generator', json_object(
                'id', 'urn:claims:extractor:' || claims.extractor,
                'type', 'Software',
                'name', 'claims'
            ),
            'body', CASE
                WHEN claims.speaker IS NULL THEN
                    json_array(
                        json_object(
                            'type', 'TextualBody',
                            'purpose', 'classifying',
                            'value', claims.stance
                        )
                    )
                ELSE
                    json_array(
                        json_object(
                            'type', 'TextualBody',
                            'purpose', 'classifying',
                            'value', claims.stance
                        ),
                        json_object(
                            'type', 'TextualBody',
                            'purpose', 'identifying',
                            'value', claims.speaker
                        )
                    )
            END,
            'target', to_json(
                list(
                    json_object(
                        'type', 'SpecificResource',
                        'source', json_object(
                            'id', coalesce(
                                articles.url, 'urn:claims:article:' || articles.article_id
                            ),
                            'type', 'Text',
                            'language', articles.language
                        ),
                        'styleClass', claim_spans.role,
                        'selector', json_array(
                            json_object(
                                'type', 'TextQuoteSelector',
                                'exact', substring(
                                    articles.text,
                                    claim_spans.start + 1,
                                    claim_spans."end" - claim_spans.start
                                ),
                                'prefix', substring(
                                    articles.text,
                                    greatest(claim_spans.start - 32, 0) + 1,
                                    least(claim_spans.start, 32)
                                ),
                                'suffix', substring(articles.text, claim_spans."end" + 1, 32)
                            ),
                            json_object(
                                'type', 'TextPositionSelector',
                                'start', claim_spans.start,
                                'end', claim_spans."end"
                            )
                        )
                    )
                    ORDER BY claim_spans.start, claim_spans.role
                )
            )
        ) AS VARCHAR
    ) AS annotation
FROM exported_claims AS claims
INNER JOIN articles ON claims.article_id = articles.article_id
INNER JOIN claim_spans ON claims.claim_id = claim_spans.claim_id
GROUP BY
    claims.claim_id,
    claims.article_id,
    claims.sentence_index,
    claims.stance,
    claims.speaker,
    claims.extractor,
    articles.article_id
ORDER BY claims.article_id, claims.sentence_index, claims.claim_id;
