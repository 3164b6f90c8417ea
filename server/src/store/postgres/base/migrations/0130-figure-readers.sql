-- By what programs prove that they may read figures, which, where, and until when. Of a key only its hash is kept; rows of
-- keys that are good no more stay, so that it is known who could read what.
CREATE TABLE figure_readers (
  hash       bytea PRIMARY KEY CHECK (length(hash) = 32),
  code       text COLLATE "C" NOT NULL UNIQUE,
  name       text NOT NULL,
  root       text COLLATE "C" NOT NULL,
  indicators text[] NOT NULL CHECK (cardinality(indicators) > 0),
  until      timestamptz NOT NULL,
  made       timestamptz NOT NULL DEFAULT clock_timestamp(),
  made_by    text NOT NULL,
  withdrawn  timestamptz
);
