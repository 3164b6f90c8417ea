-- What people do to figures that are on record: held values are released or rejected, any that counts is contested.

CREATE TABLE figure_acts (
  chain      text COLLATE "C" NOT NULL,
  seal       bigint NOT NULL,
  leaf       int NOT NULL,
  n          bigint NOT NULL UNIQUE,
  at         timestamptz NOT NULL,
  act        text NOT NULL CHECK (act IN ('release', 'reject', 'contest', 'answer', 'withdraw')),
  -- Whose values.
  source     text COLLATE "C" NOT NULL,
  -- Of whoever asked; the same act again has the same answer.
  key        uuid NOT NULL UNIQUE,
  -- Indicator -> starts of its periods.
  touches    jsonb NOT NULL,
  cells      int NOT NULL CHECK (cells > 0),
  reason     text,
  account    uuid NOT NULL,
  by_name    text NOT NULL,
  by_unit    text COLLATE "C" NOT NULL,
  by_path    text COLLATE "C" NOT NULL,
  cells_hash text NOT NULL,
  PRIMARY KEY (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON figure_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON figure_acts FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- The values that an act was on.
CREATE TABLE figure_act_cells (
  act       bigint NOT NULL,
  period    timestamptz NOT NULL,
  value     bigint,
  revision  int NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  unit      text COLLATE "C" NOT NULL,
  source    text COLLATE "C" NOT NULL,
  PRIMARY KEY (act, indicator, period, unit)
);
CREATE INDEX figure_act_cells_cell ON figure_act_cells (indicator, period, unit);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON figure_act_cells FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON figure_act_cells FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
