-- What everybody sees of the stage: one row for each choice, and the last one is what holds.
CREATE TABLE programme_acts (
  chain    text COLLATE "C" NOT NULL,
  seal     bigint NOT NULL,
  leaf     int NOT NULL,
  briefing uuid NOT NULL REFERENCES briefings,
  seq      bigint NOT NULL,
  at       timestamptz NOT NULL,
  act      text NOT NULL,
  -- null: the system itself (a shared screen ended with its line).
  account  uuid REFERENCES accounts,
  layout   jsonb NOT NULL,
  -- null: nothing beside the people.
  content  jsonb,
  PRIMARY KEY (briefing, seq),
  UNIQUE (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON programme_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON programme_acts FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
