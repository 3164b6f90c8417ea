-- Figures on the stage of a briefing: one row for each act, and the last one is what holds.
CREATE TABLE figure_stage_acts (
  chain    text COLLATE "C" NOT NULL,
  seal     bigint NOT NULL,
  leaf     int NOT NULL,
  briefing uuid NOT NULL REFERENCES briefings,
  version  bigint NOT NULL,
  at       timestamptz NOT NULL,
  -- show, mark, clear
  act      text NOT NULL,
  -- Which figures are on the stage from then on, with what is marked in them; null: none.
  what     jsonb,
  -- As known at this N they were shown, or shown last.
  n        bigint NOT NULL,
  -- SHA-256 of what all saw when it was shown or cleared; null: of a mark, and where nobody could tell any more.
  content  text,
  -- null: the system itself, when the briefing was closed.
  account  uuid,
  by_name  text,
  PRIMARY KEY (briefing, version),
  UNIQUE (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON figure_stage_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON figure_stage_acts FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- What was on a stage, under its own hash.
CREATE TABLE figure_stage_bytes (
  sha256 text COLLATE "C" PRIMARY KEY,
  bytes  bytea NOT NULL
);
