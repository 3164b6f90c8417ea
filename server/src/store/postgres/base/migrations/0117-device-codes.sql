-- Codes on printed slips. Each lets one new device of a seat in, from a day before a briefing until it ends.
CREATE TABLE device_codes (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account      uuid NOT NULL REFERENCES accounts,
  briefing     uuid NOT NULL REFERENCES briefings,
  -- HMAC-SHA256 of the unit and the code, with a key that follows from the secret of the cluster.
  code_hash    bytea NOT NULL UNIQUE,
  issued_by    uuid NOT NULL REFERENCES accounts,
  issued_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Device that the code belongs to since its first use; null: unused.
  device       text COLLATE "C",
  used_at      timestamptz,
  withdrawn_at timestamptz
);
CREATE INDEX device_codes_account ON device_codes (account);
CREATE INDEX device_codes_briefing ON device_codes (briefing);
-- Code that the session was opened with; null: by link or password.
ALTER TABLE sessions ADD COLUMN code uuid;
