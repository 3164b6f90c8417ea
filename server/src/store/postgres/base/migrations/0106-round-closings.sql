-- What had been refused when a round was closed: refusals stand beside the record, may be counted up, and old ones go; none that was there then
-- is altered or taken away unseen.
CREATE TABLE round_closings (
  chain    text COLLATE "C" NOT NULL,
  seal     bigint NOT NULL,
  leaf     int NOT NULL,
  round    uuid NOT NULL UNIQUE REFERENCES rounds,
  at       timestamptz NOT NULL,
  refused  int NOT NULL CHECK (refused >= 0),
  -- Unit -> the first 32 digits of the SHA-256 of each refusal, without how often it came in and when last.
  refusals jsonb NOT NULL,
  PRIMARY KEY (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON round_closings FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON round_closings FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
