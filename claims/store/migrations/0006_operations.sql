-- Operations: what each outlet brought to a run, why a run failed, and what was pruned.

ALTER TABLE runs ADD COLUMN scheduled_for TIMESTAMP;
ALTER TABLE runs ADD COLUMN error VARCHAR;
ALTER TABLE runs ADD COLUMN warnings JSON;

UPDATE runs
SET warnings = '[]';

COMMENT ON TABLE runs IS 'Every scheduled run, and every other that had something to write or a new failure to tell: one over unchanged inputs that a person starts leaves no row.';
COMMENT ON COLUMN runs.scheduled_for IS 'When the schedule wanted it to begin (UTC); NULL for a run that a person started.';
COMMENT ON COLUMN runs.error IS 'Why the run itself failed, in one line; NULL where it did not.';
COMMENT ON COLUMN runs.warnings IS 'JSON list of lines: outlets that brought far less than usual, scheduled runs that came late or not at all. The view run_warnings has them as rows.';

CREATE TABLE run_outlets (
    run_id VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL,
    articles INTEGER NOT NULL,
    new INTEGER NOT NULL,
    again INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    usual DOUBLE,
    warning VARCHAR
);

COMMENT ON TABLE run_outlets IS 'What each outlet brought to each run.';
COMMENT ON COLUMN run_outlets.run_id IS 'The run: runs.run_id.';
COMMENT ON COLUMN run_outlets.outlet IS 'The outlet: articles.outlet.';
COMMENT ON COLUMN run_outlets.articles IS 'How many of its articles the run read, unchanged ones included.';
COMMENT ON COLUMN run_outlets.new IS 'How many of them were stored for the first time.';
COMMENT ON COLUMN run_outlets.again IS 'How many were stored anew because code, configuration or models had changed.';
COMMENT ON COLUMN run_outlets.failures IS 'How many of its inputs gave no article.';
COMMENT ON COLUMN run_outlets.claims IS 'How many claims the stored ones gave.';
COMMENT ON COLUMN run_outlets.usual IS 'Median of new over earlier runs of the same inputs; NULL where there were too few (usual in pipeline.yaml).';
COMMENT ON COLUMN run_outlets.warning IS 'Says so where it brought far less than usual; else NULL.';

CREATE TABLE pruned_articles (
    article_id VARCHAR NOT NULL,
    pruned_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE pruned_articles IS 'Internal: articles that were removed because of their age (claims prune) and are not stored again.';
COMMENT ON COLUMN pruned_articles.article_id IS 'The article, by the hash that articles.article_id was.';
COMMENT ON COLUMN pruned_articles.pruned_at IS 'When it was removed (UTC).';
