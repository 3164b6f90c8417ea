-- Reports that were asked for, and their files for as long as they are kept. No record: everything in them can be made anew.

CREATE TABLE reports (
  id        uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account   uuid NOT NULL REFERENCES accounts,
  territory text COLLATE "C" NOT NULL,
  about     jsonb NOT NULL,
  format    text NOT NULL,
  language  text NOT NULL,
  file_name text NOT NULL,
  state     text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'ready', 'failed')),
  rows      int NOT NULL DEFAULT 0,
  total     int,
  message   text,
  -- Bytes of the file.
  size      bigint,
  -- Raised with each try; whoever has an older one writes nothing any more.
  attempt   int NOT NULL DEFAULT 0,
  asked_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- When its maker was heard of last.
  heard_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((state = 'ready') = (size IS NOT NULL))
);
CREATE INDEX reports_asked ON reports (asked_at);
CREATE INDEX reports_open ON reports (asked_at) WHERE state IN ('waiting', 'running');

CREATE TABLE report_parts (
  report  uuid NOT NULL REFERENCES reports ON DELETE CASCADE,
  attempt int NOT NULL,
  nr      int NOT NULL,
  bytes   bytea NOT NULL,
  PRIMARY KEY (report, attempt, nr)
);
-- One of the formats is compressed, the other is read once.
ALTER TABLE report_parts ALTER COLUMN bytes SET STORAGE EXTERNAL;
