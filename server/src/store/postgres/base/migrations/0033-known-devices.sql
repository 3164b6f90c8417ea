-- Browsers that have signed in to an account: nobody can lock them out by guessing (PW3). A device is the SHA-256 of its
-- cookie. No record: it is forgotten with the account's end.
CREATE TABLE known_devices (
  account uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  device  text NOT NULL,
  last_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account, device)
);
CREATE INDEX known_devices_age ON known_devices (last_at);
INSERT INTO known_devices (account, device, last_at) SELECT account, device, max(created_at) FROM sessions GROUP BY 1, 2;
