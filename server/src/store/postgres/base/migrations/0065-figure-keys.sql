-- By what sources of figures prove themselves. Of a key only its hash is kept.
CREATE TABLE figure_keys (
  hash   bytea PRIMARY KEY CHECK (length(hash) = 32),
  source text COLLATE "C" NOT NULL,
  made   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX figure_keys_source ON figure_keys (source, made);
