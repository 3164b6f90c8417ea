-- Roll-call in rounds. What happened stands in official tables, sealed with the commit that recorded it; `round_states` follows from them.

CREATE TABLE rounds (
  id             uuid PRIMARY KEY,
  briefing       uuid NOT NULL REFERENCES briefings,
  nr             int NOT NULL CHECK (nr > 0),
  -- Of the caller's making: the same again is the same round.
  key            uuid NOT NULL,
  question       text NOT NULL,
  scope          text[] COLLATE "C" NOT NULL,
  expected       int NOT NULL CHECK (expected > 0),
  -- SHA-256 over the rows of `round_units`, in the order of `unit`.
  units_hash     text NOT NULL CHECK (units_hash ~ '^[0-9a-f]{64}$'),
  at             timestamptz NOT NULL,
  deadline       timestamptz NOT NULL,
  late_until     timestamptz NOT NULL,
  reprompt_seconds int,
  answerers      text[] NOT NULL,
  proof          text NOT NULL CHECK (proof IN ('tap', 'challenge', 'official')),
  challenge      text CHECK (challenge ~ '^\d{2}$'),
  quorum_tier    text,
  quorum_percent int CHECK (quorum_percent BETWEEN 1 AND 100),
  -- Paths of the units of that tier above the asked ones.
  quorum_units   text[] COLLATE "C",
  reopens        uuid REFERENCES rounds,
  account        uuid NOT NULL REFERENCES accounts,
  account_name   text NOT NULL,
  chain          text COLLATE "C" NOT NULL,
  seal           bigint NOT NULL,
  leaf           int NOT NULL,
  UNIQUE (briefing, key),
  UNIQUE (briefing, nr),
  UNIQUE (chain, seal, leaf),
  CHECK (deadline > at AND late_until >= deadline),
  CHECK ((proof = 'challenge') = (challenge IS NOT NULL)),
  CHECK ((quorum_tier IS NULL) = (quorum_percent IS NULL) AND (quorum_tier IS NULL) = (quorum_units IS NULL))
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON rounds FOR EACH ROW EXECUTE FUNCTION record_stays();

-- Who is asked; `rounds.units_hash` vouches for it. Without foreign keys: to check them for 11,000 rows takes longer than to prompt as many devices.
CREATE TABLE round_units (
  round uuid NOT NULL,
  unit  text COLLATE "C" NOT NULL,
  path  text COLLATE "C" NOT NULL,
  PRIMARY KEY (round, unit)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON round_units FOR EACH ROW EXECUTE FUNCTION record_stays();

-- Acts on the round after its opening, which is version 1.
CREATE TABLE round_acts (
  round        uuid NOT NULL REFERENCES rounds,
  version      int NOT NULL CHECK (version > 1),
  act          text NOT NULL CHECK (act IN ('extend', 'close')),
  at           timestamptz NOT NULL,
  -- Both null: the system, at the end of the late time or of the briefing.
  account      uuid REFERENCES accounts,
  account_name text,
  deadline     timestamptz,
  late_until   timestamptz,
  -- State -> number of units, at closing.
  counts       jsonb,
  chain        text COLLATE "C" NOT NULL,
  seal         bigint NOT NULL,
  leaf         int NOT NULL,
  PRIMARY KEY (round, version),
  UNIQUE (chain, seal, leaf),
  CHECK ((act = 'extend') = (deadline IS NOT NULL) AND (act = 'extend') = (late_until IS NOT NULL)),
  CHECK ((act = 'close') = (counts IS NOT NULL)),
  CHECK ((account IS NULL) = (account_name IS NULL))
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON round_acts FOR EACH ROW EXECUTE FUNCTION record_stays();

-- What was recorded for the units: their own answers, and what officials entered. Without foreign keys: they would lock one row for each of
-- 11,000 answers in a second; the check of the projections looks for entries of nobody.
CREATE TABLE round_entries (
  round        uuid NOT NULL,
  -- 1, 2, 3 … within the round.
  seq          int NOT NULL CHECK (seq > 0),
  unit         text COLLATE "C" NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('answer', 'official', 'excused', 'confirm')),
  key          uuid NOT NULL,
  at           timestamptz NOT NULL,
  late         boolean NOT NULL,
  account      uuid NOT NULL,
  account_name text NOT NULL,
  -- From where: the device, and its address as the node saw it.
  identity     text NOT NULL,
  address      text NOT NULL,
  answerer     text CHECK (answerer IN ('chair', 'deputy', 'substitute')),
  name         text,
  note         text,
  chain        text COLLATE "C" NOT NULL,
  seal         bigint NOT NULL,
  leaf         int NOT NULL,
  PRIMARY KEY (round, seq),
  UNIQUE (round, unit, key),
  UNIQUE (round, unit, kind),
  UNIQUE (chain, seal, leaf),
  CHECK ((kind = 'answer') = (answerer IS NOT NULL)),
  CHECK (answerer <> 'substitute' OR name IS NOT NULL)
);
-- What counts as the answer of a unit is there once.
CREATE UNIQUE INDEX round_entries_one_answer ON round_entries (round, unit) WHERE kind IN ('answer', 'official');
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON round_entries FOR EACH ROW EXECUTE FUNCTION record_stays();

-- Where each round stands: follows from the record, is written with it.
CREATE TABLE round_states (
  round      uuid PRIMARY KEY REFERENCES rounds,
  briefing   uuid NOT NULL,
  version    int NOT NULL,
  deadline   timestamptz NOT NULL,
  late_until timestamptz NOT NULL,
  closed_at  timestamptz,
  -- The last entry.
  seq        int NOT NULL
);
CREATE INDEX round_states_briefing ON round_states (briefing);
CREATE INDEX round_states_running ON round_states (late_until) WHERE closed_at IS NULL;
