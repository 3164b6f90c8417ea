-- The floor of a briefing: who is on or near the stage, who asks for the floor, who is being called. Small rows, written by
-- acts that hold the row in `floors`.

CREATE TABLE floors (
  briefing uuid PRIMARY KEY REFERENCES briefings ON DELETE CASCADE,
  -- One more with each act that changed something; never from anywhere else.
  seq      bigint NOT NULL DEFAULT 0
);

CREATE TABLE calls (
  id             uuid PRIMARY KEY,
  briefing       uuid NOT NULL REFERENCES floors ON DELETE CASCADE,
  unit           text COLLATE "C" NOT NULL REFERENCES units,
  unit_name      text NOT NULL,
  path           text COLLATE "C" NOT NULL,
  state          text NOT NULL CHECK (state IN
    ('ringing', 'accepted', 'refused', 'timed-out', 'not-connected', 'cancelled', 'ended')),
  caller_account uuid NOT NULL REFERENCES accounts,
  caller_name    text NOT NULL,
  caller_role    text NOT NULL,
  ringing_at     timestamptz NOT NULL,
  deadline       timestamptz NOT NULL,
  answered_at    timestamptz,
  ended_at       timestamptz,
  why            text,
  -- The device that accepted.
  identity       text,
  CHECK (deadline > ringing_at),
  CHECK ((state IN ('ringing', 'accepted')) = (ended_at IS NULL)),
  CHECK ((state IN ('accepted', 'ended')) = (identity IS NOT NULL)),
  CHECK ((state IN ('accepted', 'refused', 'ended')) = (answered_at IS NOT NULL)),
  CHECK ((state = 'refused') = (why IS NOT NULL))
);
-- A unit is called once at a time, whatever the program believes.
CREATE UNIQUE INDEX calls_one_per_unit ON calls (briefing, unit) WHERE state IN ('ringing', 'accepted');
CREATE INDEX calls_ringing ON calls (deadline) WHERE state = 'ringing';
CREATE INDEX calls_record ON calls (briefing, ringing_at);

-- An answered or ended call is a fact; only an accepted one may still end.
CREATE FUNCTION calls_stay_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'ringing' OR (OLD.state = 'accepted' AND NEW.state = 'ended') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'call % is % and stays so', OLD.id, OLD.state USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER calls_stay_over BEFORE UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION calls_stay_over();

CREATE TABLE floor_speakers (
  briefing uuid NOT NULL REFERENCES floors ON DELETE CASCADE,
  identity text NOT NULL,
  account  uuid NOT NULL REFERENCES accounts,
  unit     text COLLATE "C" NOT NULL,
  path     text COLLATE "C" NOT NULL,
  name     text NOT NULL,
  role     text NOT NULL,
  place    text NOT NULL CHECK (place IN ('green', 'stage', 'holding')),
  since    timestamptz NOT NULL,
  checked  boolean NOT NULL,
  call     uuid REFERENCES calls,
  -- The order in which they came.
  nr       bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (briefing, identity)
);

CREATE TABLE floor_hands (
  briefing  uuid NOT NULL REFERENCES floors ON DELETE CASCADE,
  identity  text NOT NULL,
  account   uuid NOT NULL REFERENCES accounts,
  unit      text COLLATE "C" NOT NULL,
  path      text COLLATE "C" NOT NULL,
  name      text NOT NULL,
  role      text NOT NULL,
  raised_at timestamptz NOT NULL,
  nr        bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (briefing, identity)
);

-- What sticks to a device for the whole briefing.
CREATE TABLE floor_devices (
  briefing   uuid NOT NULL REFERENCES floors ON DELETE CASCADE,
  identity   text NOT NULL,
  muted      boolean NOT NULL DEFAULT false,
  removed_at timestamptz,
  why        text,
  PRIMARY KEY (briefing, identity)
);

-- The record: one row per act that changed something.
CREATE TABLE floor_acts (
  briefing uuid NOT NULL REFERENCES floors ON DELETE CASCADE,
  seq      bigint NOT NULL,
  at       timestamptz NOT NULL,
  act      text NOT NULL,
  -- null: the system itself (a deadline, a lost line).
  account  uuid REFERENCES accounts,
  identity text,
  unit     text COLLATE "C",
  call     uuid REFERENCES calls,
  changes  jsonb NOT NULL,
  PRIMARY KEY (briefing, seq)
);
