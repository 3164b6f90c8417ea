-- Who was there, as events; what officials said of it; and the sheet of a closed briefing.

-- One run of a node. Everything that it saw until alive_at is written.
CREATE TABLE attendance_boots (
  boot       uuid PRIMARY KEY,
  node       text NOT NULL,
  started_at timestamptz NOT NULL,
  alive_at   timestamptz NOT NULL,
  -- It said good-bye, or its node started anew.
  ended_at   timestamptz
);
CREATE INDEX attendance_boots_alive ON attendance_boots (alive_at);
CREATE INDEX attendance_boots_node ON attendance_boots (node) WHERE ended_at IS NULL;

-- No foreign key to units: what a token says of itself must not stop the batch of everybody else.
CREATE TABLE attendance_events (
  boot     uuid NOT NULL REFERENCES attendance_boots,
  seq      int NOT NULL,
  briefing uuid NOT NULL REFERENCES briefings,
  unit     text COLLATE "C" NOT NULL,
  -- The device.
  identity text COLLATE "C" NOT NULL,
  line     text NOT NULL CHECK (line IN ('channel', 'media')),
  kind     text NOT NULL CHECK (kind IN ('in', 'out')),
  at       timestamptz NOT NULL,
  PRIMARY KEY (boot, seq)
);
CREATE INDEX attendance_events_unit ON attendance_events (briefing, unit);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON attendance_events FOR EACH ROW EXECUTE FUNCTION record_stays();

-- Time with media and without a good line. Each boot writes its own sum of a minute anew while the minute lasts.
CREATE TABLE attendance_quality (
  briefing uuid NOT NULL REFERENCES briefings,
  unit     text COLLATE "C" NOT NULL,
  minute   timestamptz NOT NULL,
  boot     uuid NOT NULL REFERENCES attendance_boots,
  weak_ms  int NOT NULL CHECK (weak_ms BETWEEN 0 AND 60000),
  PRIMARY KEY (briefing, unit, minute, boot)
);

-- What "present" means in a briefing, frozen when its doors open.
CREATE TABLE attendance_rules (
  briefing   uuid PRIMARY KEY REFERENCES briefings,
  percent    int NOT NULL CHECK (percent BETWEEN 1 AND 100),
  last_round boolean NOT NULL
);

CREATE TABLE attendance_corrections (
  chain    text COLLATE "C" NOT NULL,
  seal     bigint NOT NULL,
  leaf     int NOT NULL,
  key      uuid NOT NULL,
  briefing uuid NOT NULL REFERENCES briefings,
  unit     text COLLATE "C" NOT NULL REFERENCES units,
  verdict  text NOT NULL CHECK (verdict IN ('present', 'partial', 'absent', 'excused')),
  reason   text NOT NULL,
  account  uuid NOT NULL REFERENCES accounts,
  -- The name of the account at that time.
  by       text NOT NULL,
  at       timestamptz NOT NULL,
  PRIMARY KEY (chain, seal, leaf),
  UNIQUE (briefing, key)
);
CREATE INDEX attendance_corrections_unit ON attendance_corrections (briefing, unit, at);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON attendance_corrections FOR EACH ROW EXECUTE FUNCTION record_stays();

CREATE TABLE attendance_sheets (
  chain        text COLLATE "C" NOT NULL,
  seal         bigint NOT NULL,
  leaf         int NOT NULL,
  briefing     uuid NOT NULL UNIQUE REFERENCES briefings,
  percent      int NOT NULL,
  last_round   boolean NOT NULL,
  live_seconds int NOT NULL,
  -- Of the rows in attendance_rows, and SHA-256 (hexadecimal) over their canonical JSON in path order.
  units        int NOT NULL,
  sha256       text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  at           timestamptz NOT NULL,
  PRIMARY KEY (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON attendance_sheets FOR EACH ROW EXECUTE FUNCTION record_stays();

CREATE TABLE attendance_rows (
  briefing     uuid NOT NULL REFERENCES briefings,
  -- Place in path order, from 0.
  nr           int NOT NULL,
  unit         text COLLATE "C" NOT NULL REFERENCES units,
  path         text COLLATE "C" NOT NULL,
  name         text NOT NULL,
  first_in     timestamptz,
  last_out     timestamptz,
  seconds      int NOT NULL,
  live_seconds int NOT NULL,
  share        int NOT NULL,
  quality      int,
  devices      int NOT NULL,
  answered     boolean,
  measured     text NOT NULL,
  PRIMARY KEY (briefing, nr),
  UNIQUE (briefing, unit)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON attendance_rows FOR EACH ROW EXECUTE FUNCTION record_stays();
