-- What the data of this installation are, said once: a demo never becomes a real one, nor the other way round.
CREATE TABLE installation (
  one     boolean PRIMARY KEY DEFAULT true CHECK (one),
  kind    text NOT NULL CHECK (kind IN ('demo', 'real')),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON installation FOR EACH ROW EXECUTE FUNCTION record_stays();

-- The demo made it: no other account does it ever touch.
ALTER TABLE accounts ADD COLUMN demo boolean NOT NULL DEFAULT false;

ALTER TABLE links
  -- It ends with its first use.
  ADD COLUMN once boolean NOT NULL DEFAULT false,
  ADD COLUMN expires_at timestamptz;
