-- What a sheet was measured from, sealed with it: the events and the weak minutes of a briefing that is over, as two hashes, and how far each
-- run of a node knew. A sheet from before this version gets its row, under a seal of its own, from the first start of this one.
CREATE TABLE attendance_timelines (
  chain        text COLLATE "C" NOT NULL,
  seal         bigint NOT NULL,
  leaf         int NOT NULL,
  briefing     uuid NOT NULL UNIQUE REFERENCES briefings,
  -- Rows of attendance_events and attendance_quality, and SHA-256 (hexadecimal) over their canonical JSON.
  events       int NOT NULL,
  events_hash  text NOT NULL CHECK (events_hash ~ '^[0-9a-f]{64}$'),
  quality      int NOT NULL,
  quality_hash text NOT NULL CHECK (quality_hash ~ '^[0-9a-f]{64}$'),
  -- {boot: alive_at}: where it cut what it left open.
  boots        jsonb NOT NULL,
  at           timestamptz NOT NULL,
  PRIMARY KEY (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON attendance_timelines FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON attendance_timelines FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
