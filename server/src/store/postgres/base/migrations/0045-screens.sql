-- Screens: walls, projectors and captures that show a stage and nothing else. Each is an account of its own, with a role that may do nothing.
-- step
ALTER TABLE accounts
  DROP CONSTRAINT IF EXISTS accounts_role_check,
  ADD CONSTRAINT accounts_role_check CHECK (role IN ('principal', 'moderator', 'seat', 'operator', 'screen')) NOT VALID;

CREATE TABLE IF NOT EXISTS screens (
  id          uuid PRIMARY KEY,
  -- Of what its browser keeps.
  secret_hash bytea NOT NULL,
  account     uuid NOT NULL UNIQUE REFERENCES accounts,
  paired_by   uuid NOT NULL REFERENCES accounts,
  paired_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  until       timestamptz NOT NULL,
  revoked_at  timestamptz
);
CREATE INDEX IF NOT EXISTS screens_due ON screens (until) WHERE revoked_at IS NULL;
-- step
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_role_check;
