-- The acts that were recorded before there were seals become official tables too. Their old rows stay without a seal: what they were on this
-- day is kept as one hash, so that none can be slipped in among them or altered.

-- Hashes of the leaves, 32 bytes each in the order of their places: so a seal names which of its rows was altered.
ALTER TABLE seals ADD COLUMN hashes bytea;

ALTER TABLE briefing_acts
  -- schedule: title, stage, scope, scheduledAt, expected. Later acts: expected, when it changed.
  ADD COLUMN facts jsonb,
  -- Hash over the rows of briefing_expected that this act froze.
  ADD COLUMN expected_hash text,
  ADD COLUMN chain text COLLATE "C",
  ADD COLUMN seal bigint,
  ADD COLUMN leaf int;
ALTER TABLE floor_acts
  ADD COLUMN chain text COLLATE "C",
  ADD COLUMN seal bigint,
  ADD COLUMN leaf int;
CREATE UNIQUE INDEX briefing_acts_seal ON briefing_acts (chain, seal, leaf);
CREATE UNIQUE INDEX floor_acts_seal ON floor_acts (chain, seal, leaf);

-- Not for old rows.
ALTER TABLE briefing_acts ADD CONSTRAINT briefing_acts_sealed CHECK (chain IS NOT NULL AND seal IS NOT NULL AND leaf IS NOT NULL) NOT VALID;
ALTER TABLE floor_acts ADD CONSTRAINT floor_acts_sealed CHECK (chain IS NOT NULL AND seal IS NOT NULL AND leaf IS NOT NULL) NOT VALID;

CREATE TABLE unsealed_rows (
  relation text COLLATE "C" PRIMARY KEY,
  rows     bigint NOT NULL,
  -- SHA-256 over the rows as to_jsonb writes them, in the order of these texts, a line feed between.
  hash     text NOT NULL
);
INSERT INTO unsealed_rows
  SELECT 'briefing_acts', count(*), encode(sha256(convert_to(coalesce(string_agg(r, E'\n' ORDER BY r COLLATE "C"), ''), 'UTF8')), 'hex')
  FROM (SELECT to_jsonb(t)::text AS r FROM briefing_acts t) old
  UNION ALL
  SELECT 'floor_acts', count(*), encode(sha256(convert_to(coalesce(string_agg(r, E'\n' ORDER BY r COLLATE "C"), ''), 'UTF8')), 'hex')
  FROM (SELECT to_jsonb(t)::text AS r FROM floor_acts t) old;

-- A record does not go with what it speaks of: that must stay.
ALTER TABLE briefing_acts
  DROP CONSTRAINT briefing_acts_briefing_fkey, ADD FOREIGN KEY (briefing) REFERENCES briefings,
  DROP CONSTRAINT briefing_acts_account_fkey, ADD FOREIGN KEY (account) REFERENCES accounts;
ALTER TABLE briefing_expected DROP CONSTRAINT briefing_expected_briefing_fkey, ADD FOREIGN KEY (briefing) REFERENCES briefings;
ALTER TABLE floors DROP CONSTRAINT floors_briefing_fkey, ADD FOREIGN KEY (briefing) REFERENCES briefings;
ALTER TABLE calls DROP CONSTRAINT calls_briefing_fkey, ADD FOREIGN KEY (briefing) REFERENCES floors;
ALTER TABLE floor_acts DROP CONSTRAINT floor_acts_briefing_fkey, ADD FOREIGN KEY (briefing) REFERENCES floors;

CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON briefing_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON floor_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON unsealed_rows FOR EACH ROW EXECUTE FUNCTION record_stays();
