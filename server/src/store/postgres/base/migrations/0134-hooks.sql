-- WH: webhooks. No record: what is told to whom follows from the record, by how far each chain has been read.
CREATE TABLE hooks (
  id           uuid PRIMARY KEY,
  name         text NOT NULL,
  url          text NOT NULL,
  -- Whose acts are told: this unit and everything below it.
  territory    text COLLATE "C" NOT NULL REFERENCES units,
  path         text COLLATE "C" NOT NULL,
  events       text[] NOT NULL,
  state        text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'stopped')),
  -- Why it was stopped by the server.
  stopped      text,
  secret       text NOT NULL,
  -- The one before, which signs as well until then.
  old_secret   text,
  old_until    timestamptz,
  made_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  made_by      uuid NOT NULL REFERENCES accounts,
  -- One node delivers, as long as it says so.
  lease_boot   uuid,
  lease_until  timestamptz,
  -- Failures in a row, and until when nothing is tried.
  failures     int NOT NULL DEFAULT 0,
  rest_until   timestamptz,
  CHECK ((old_secret IS NULL) = (old_until IS NULL))
);

-- The body is of the moment of the act: a later change of names alters none.
CREATE TABLE hook_deliveries (
  hook      uuid NOT NULL REFERENCES hooks ON DELETE CASCADE,
  -- The same at each attempt, and made of the act: an act is told to a hook once.
  event     text COLLATE "C" NOT NULL,
  kind      text NOT NULL,
  body      text NOT NULL,
  at        timestamptz NOT NULL,
  state     text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
  attempts  int NOT NULL DEFAULT 0,
  next_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_at   timestamptz,
  fault     text,
  PRIMARY KEY (hook, event)
);
CREATE INDEX hook_deliveries_waiting ON hook_deliveries (hook, at, event) WHERE state = 'waiting';
CREATE INDEX hook_deliveries_failed ON hook_deliveries (hook, at DESC) WHERE state = 'failed';
CREATE INDEX hook_deliveries_over ON hook_deliveries (last_at) WHERE state <> 'waiting';

-- How far each chain has been read.
CREATE TABLE hook_marks (
  chain text COLLATE "C" PRIMARY KEY,
  nr    bigint NOT NULL
);
