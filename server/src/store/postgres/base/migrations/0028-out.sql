-- Which sessions ended since somebody last asked: each node asks every two seconds.
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX accounts_disabled ON accounts (disabled_at) WHERE disabled_at IS NOT NULL;

-- What tokens of briefings are signed with, on all nodes: made and rotated by the server, in no backup, good for nothing after a day.
CREATE TABLE briefing_keys (
  id      text PRIMARY KEY,
  secret  bytea NOT NULL CHECK (length(secret) >= 32),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
