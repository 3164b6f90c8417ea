-- Who somebody is, and where a unit stands, after each act that changes it: sealed in the transaction of that act, on the chain `people`. The
-- tables of accounts and units follow from it. What they were on the day of this migration is sealed by the program that applies it.
CREATE TABLE people_states (
  chain text COLLATE "C" NOT NULL,
  seal  bigint NOT NULL,
  leaf  int NOT NULL,
  at    timestamptz NOT NULL,
  kind  text NOT NULL CHECK (kind IN ('account', 'unit')),
  -- Of an account, or the code of a unit.
  id    text COLLATE "C" NOT NULL,
  -- account: name, role, unit, indicators, disabled, demo. unit: closed, versions. null: it is no more.
  state jsonb,
  PRIMARY KEY (chain, seal, leaf)
);
CREATE INDEX people_states_newest ON people_states (kind, id, seal);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON people_states FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON people_states FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
