-- Answers that were refused, as their unit may read them. Beside the record: no row of it comes of them, and whoever was refused could write as
-- many as they like. So they are few for each unit and round, and old ones go.
CREATE TABLE round_refusals (
  -- Of whoever tried, also when the round does not ask it.
  unit         text COLLATE "C" NOT NULL,
  round        uuid NOT NULL REFERENCES rounds,
  key          uuid NOT NULL,
  reason       text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('answer', 'correction')),
  answerer     text NOT NULL,
  name         text,
  account      uuid NOT NULL,
  account_name text NOT NULL,
  identity     text NOT NULL,
  address      text NOT NULL,
  -- The first and the last time that it came in, and how often.
  at           timestamptz NOT NULL,
  last_at      timestamptz NOT NULL,
  times        int NOT NULL CHECK (times > 0),
  PRIMARY KEY (unit, round, key, reason)
);
CREATE INDEX round_refusals_newest ON round_refusals (unit, at);
