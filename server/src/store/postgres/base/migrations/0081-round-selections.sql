-- A round may ask exactly the units of a selection: it says so beside the old tables, whose columns never change.
CREATE TABLE round_selections (
  round     uuid PRIMARY KEY,
  selection uuid NOT NULL,
  chain     text COLLATE "C" NOT NULL,
  seal      bigint NOT NULL,
  leaf      int NOT NULL,
  UNIQUE (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON round_selections FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON round_selections FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
