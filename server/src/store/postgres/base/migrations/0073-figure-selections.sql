-- Units that were chosen by a figure, frozen with the rule, the N and what each of them had.
CREATE TABLE figure_selections (
  chain      text COLLATE "C" NOT NULL,
  seal       bigint NOT NULL,
  leaf       int NOT NULL,
  id         uuid NOT NULL UNIQUE,
  -- Of the chooser's making: the same choice sent twice is one selection.
  key        uuid NOT NULL UNIQUE,
  at         timestamptz NOT NULL,
  indicator  text COLLATE "C" NOT NULL,
  -- As it was defined then: values are read by it.
  definition jsonb NOT NULL,
  period     timestamptz NOT NULL,
  n          bigint NOT NULL CHECK (n > 0),
  -- When that N was recorded.
  n_at       timestamptz NOT NULL,
  root       text COLLATE "C" NOT NULL,
  root_path  text COLLATE "C" NOT NULL,
  root_name  text NOT NULL,
  rule       jsonb NOT NULL,
  -- Codes of what was taken out by hand.
  without    jsonb NOT NULL,
  units      int NOT NULL CHECK (units > 0),
  -- Of the rows of figure_selection_units, in the order of their paths.
  units_hash text NOT NULL CHECK (units_hash ~ '^[0-9a-f]{64}$'),
  account    uuid NOT NULL,
  by_name    text NOT NULL,
  -- In which it was made.
  briefing   uuid,
  PRIMARY KEY (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON figure_selections FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON figure_selections FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

CREATE TABLE figure_selection_units (
  selection uuid NOT NULL,
  -- End of the period of the value.
  until     timestamptz,
  -- Whole steps of 10^-scale of the indicator; null: there is none.
  value     bigint,
  unit      text COLLATE "C" NOT NULL,
  path      text COLLATE "C" NOT NULL,
  name      text NOT NULL,
  state     text COLLATE "C" NOT NULL CHECK (state IN ('fresh', 'late', 'stale', 'none', 'held', 'contested')),
  PRIMARY KEY (selection, unit)
);
CREATE INDEX figure_selection_units_path ON figure_selection_units (selection, path);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON figure_selection_units FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON figure_selection_units FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- The selection that a call came from; null: from none.
ALTER TABLE calls ADD COLUMN selection uuid;
