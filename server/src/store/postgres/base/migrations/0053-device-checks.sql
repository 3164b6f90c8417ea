-- What the devices of a unit were found to do when they were last tried. It is no record: nobody is judged by it, and it is forgotten.
CREATE TABLE device_checks (
  unit       text COLLATE "C" NOT NULL REFERENCES units,
  device     text NOT NULL,
  account    uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  camera     boolean NOT NULL,
  microphone boolean NOT NULL,
  -- The person's own voice moved the meter; the person heard the sound.
  voice      boolean NOT NULL,
  sound      boolean NOT NULL,
  -- kbit/s; null: it could not be measured.
  down_kbps  int,
  up_kbps    int,
  browser    text NOT NULL,
  PRIMARY KEY (unit, device)
);
CREATE INDEX device_checks_at ON device_checks (at);
