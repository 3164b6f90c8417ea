-- Live figures: what units report in each period, in batches that are sealed, and what is reported by whom.

-- The last N: the place of a batch, or of an act on figures, in the order of becoming visible. Whoever records holds this row
-- until COMMIT, after the chain.
CREATE TABLE figure_counter (
  n  bigint NOT NULL,
  -- Of that batch or act, by the clock when this row was locked; never before that of an earlier one.
  at timestamptz NOT NULL
);
INSERT INTO figure_counter VALUES (0, '2000-01-01T00:00:00Z');

-- Each version of an indicator; the last counts.
CREATE TABLE indicator_acts (
  chain      text COLLATE "C" NOT NULL,
  seal       bigint NOT NULL,
  leaf       int NOT NULL,
  n          bigint NOT NULL UNIQUE,
  at         timestamptz NOT NULL,
  indicator  text COLLATE "C" NOT NULL,
  version    int NOT NULL CHECK (version > 0),
  definition jsonb NOT NULL,
  -- Who defined it; by_name alone: the command line.
  account    uuid,
  by_name    text NOT NULL,
  PRIMARY KEY (chain, seal, leaf),
  UNIQUE (indicator, version)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON indicator_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON indicator_acts FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- Likewise of who sends figures in: rank, territory, indicators.
CREATE TABLE source_acts (
  chain      text COLLATE "C" NOT NULL,
  seal       bigint NOT NULL,
  leaf       int NOT NULL,
  n          bigint NOT NULL UNIQUE,
  at         timestamptz NOT NULL,
  source     text COLLATE "C" NOT NULL,
  version    int NOT NULL CHECK (version > 0),
  definition jsonb NOT NULL,
  account    uuid,
  by_name    text NOT NULL,
  PRIMARY KEY (chain, seal, leaf),
  UNIQUE (source, version)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON source_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON source_acts FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

CREATE TABLE figure_batches (
  chain     text COLLATE "C" NOT NULL,
  seal      bigint NOT NULL,
  leaf      int NOT NULL,
  n         bigint NOT NULL UNIQUE,
  at        timestamptz NOT NULL,
  source    text COLLATE "C" NOT NULL,
  key       uuid NOT NULL,
  -- SHA-256 of what was sent.
  body_hash text NOT NULL,
  mode      text NOT NULL CHECK (mode IN ('partial', 'whole')),
  -- Indicator -> starts of its periods.
  touches   jsonb NOT NULL,
  -- Of the rows that were sent: those in observations, how many of them are held, and what became of the others.
  rows      int NOT NULL CHECK (rows > 0),
  held      int NOT NULL,
  unchanged int NOT NULL,
  refused   int NOT NULL,
  reason    text,
  by_name   text NOT NULL,
  rows_hash text NOT NULL,
  PRIMARY KEY (chain, seal, leaf),
  UNIQUE (source, key)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON figure_batches FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON figure_batches FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

CREATE TABLE observations (
  period    timestamptz NOT NULL,
  batch     bigint NOT NULL,
  -- Whole steps of 10^-scale of the indicator; null: the source says that there is none.
  value     bigint,
  seen      timestamptz,
  revision  int NOT NULL CHECK (revision > 0),
  -- Recorded, and does not count.
  held      boolean NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  unit      text COLLATE "C" NOT NULL,
  source    text COLLATE "C" NOT NULL,
  -- Letters of SDMX: normal, provisional, estimated, break, missing.
  status    text COLLATE "C" NOT NULL CHECK (status IN ('A', 'P', 'E', 'B', 'O')),
  CHECK ((status = 'O') = (value IS NULL)),
  PRIMARY KEY (indicator, period, unit, source, revision)
);
-- The rows of a batch, when it is verified; one entry for thousands of equal ones.
CREATE INDEX observations_batch ON observations (batch);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON observations FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON observations FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- What was answered, for whoever asks again under the same key; also when nothing of it was recorded.
CREATE TABLE figure_answers (
  source    text COLLATE "C" NOT NULL,
  key       uuid NOT NULL,
  body_hash text NOT NULL,
  at        timestamptz NOT NULL,
  answer    jsonb NOT NULL,
  PRIMARY KEY (source, key)
);
