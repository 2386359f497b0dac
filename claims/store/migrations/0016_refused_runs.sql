-- Runs that others kept from the database are recorded as well.

COMMENT ON TABLE runs IS 'Every scheduled run, every other that had something to write or a new failure to tell, and every one that was refused: one over unchanged inputs that a person starts leaves no row.';
COMMENT ON COLUMN runs.status IS 'running, done, failed (ended by an error), interrupted (stopped or killed; the next run finishes its articles) or refused (others held the database; error says who).';
COMMENT ON COLUMN runs.error IS 'Why the run itself failed or was refused, in one line; NULL where it did not.';
