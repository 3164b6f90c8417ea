-- When PostgreSQL's clock was set, as the nodes have found it against their own monotonic clocks.
CREATE TABLE clock_steps (
  chain     text COLLATE "C" NOT NULL,
  seal      bigint NOT NULL,
  leaf      int NOT NULL,
  -- 1, 2, 3 …
  nr        int PRIMARY KEY,
  at        timestamptz NOT NULL,
  -- Which found it first.
  node      text NOT NULL,
  -- What the clock should have said when it was found, and how far it was before that.
  expected  timestamptz NOT NULL,
  ms        bigint NOT NULL,
  -- Those whose attendance was not sealed: [{"briefing": …, "state": "open" | "live" | "closed"}]
  briefings jsonb NOT NULL,
  UNIQUE (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON clock_steps FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON clock_steps FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- The step after which alive_at was read.
ALTER TABLE attendance_boots ADD COLUMN clock int NOT NULL DEFAULT 0;
