-- People, and how they prove who they are. No secret is stored: only SHA-256 of random secrets, argon2id of passwords.

CREATE TABLE accounts (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  role        text NOT NULL CHECK (role IN ('principal', 'moderator', 'seat', 'operator')),
  unit        text COLLATE "C" NOT NULL REFERENCES units,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  disabled_at timestamptz
);
CREATE INDEX accounts_unit ON accounts (unit);

CREATE TABLE credentials (
  account    uuid PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  login      text NOT NULL CHECK (login = lower(login)),
  hash       text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (login)
);

CREATE TABLE links (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account      uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  secret_hash  bytea NOT NULL UNIQUE,
  issued_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- null: by the command line or the demo.
  issued_by    uuid REFERENCES accounts ON DELETE SET NULL,
  -- SHA-256 of the secret of the first device that used it; no other may.
  bound_device text,
  bound_at     timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
CREATE INDEX links_account ON links (account);

CREATE TABLE sessions (
  id          text PRIMARY KEY,
  secret_hash bytea NOT NULL,
  account     uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  -- The link it was opened with: withdrawing the link ends it. null: by password.
  link        uuid REFERENCES links ON DELETE CASCADE,
  device      text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at  timestamptz NOT NULL,
  ended_at    timestamptz
);
CREATE INDEX sessions_account ON sessions (account) WHERE ended_at IS NULL;
CREATE INDEX sessions_link ON sessions (link) WHERE ended_at IS NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);
