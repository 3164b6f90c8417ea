-- A call that came to nobody is shown when the unit signs in the next time: when, and on which device (SC16).
ALTER TABLE calls ADD COLUMN IF NOT EXISTS seen_at timestamptz;
ALTER TABLE calls ADD COLUMN IF NOT EXISTS seen_by text;
ALTER TABLE calls ADD COLUMN IF NOT EXISTS seen_name text;

-- What is missed is asked for at every sign-in of a unit.
CREATE INDEX IF NOT EXISTS calls_missed ON calls (unit, ringing_at DESC)
  WHERE seen_at IS NULL AND state IN ('not-connected', 'timed-out', 'cancelled');

-- An answered or ended call is a fact; only an accepted one may still end, and one that was missed be seen, once.
CREATE OR REPLACE FUNCTION calls_stay_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'ringing' OR (OLD.state = 'accepted' AND NEW.state = 'ended') THEN RETURN NEW; END IF;
  IF OLD.state IN ('not-connected', 'timed-out', 'cancelled') AND OLD.seen_at IS NULL AND NEW.seen_at IS NOT NULL
    AND to_jsonb(NEW) - ARRAY['seen_at', 'seen_by', 'seen_name'] = to_jsonb(OLD) - ARRAY['seen_at', 'seen_by', 'seen_name']
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'call % is % and stays so', OLD.id, OLD.state USING ERRCODE = 'check_violation';
END $$;
