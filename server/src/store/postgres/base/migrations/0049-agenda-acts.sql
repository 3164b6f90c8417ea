-- Which item of the agenda runs: one row for each choice, under numbers that it shares with programme_acts (an official table never gets another
-- column, AU8). The newest holds.
CREATE TABLE agenda_acts (
  chain    text COLLATE "C" NOT NULL,
  seal     bigint NOT NULL,
  leaf     int NOT NULL,
  briefing uuid NOT NULL REFERENCES briefings,
  seq      bigint NOT NULL,
  at       timestamptz NOT NULL,
  act      text NOT NULL,
  account  uuid NOT NULL REFERENCES accounts,
  -- {nr, title, by?, minutes?} as the agenda had it then; null: none runs any more.
  item     jsonb,
  PRIMARY KEY (briefing, seq),
  UNIQUE (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON agenda_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON agenda_acts FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
