-- That the deadline of a round was reached, as it stood with that version: once recorded it stays, whatever the clock is set to.
CREATE TABLE round_dues (
  chain   text COLLATE "C" NOT NULL,
  seal    bigint NOT NULL,
  leaf    int NOT NULL,
  round   uuid NOT NULL REFERENCES rounds,
  version int NOT NULL,
  at      timestamptz NOT NULL,
  PRIMARY KEY (round, version),
  UNIQUE (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON round_dues FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON round_dues FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
