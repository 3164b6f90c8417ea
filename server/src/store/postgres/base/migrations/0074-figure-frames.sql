-- What was said of periods of figures, whole, so that the past is not read row by row. Nothing of it is on record: it is made of
-- what is, and may be emptied at any time.

-- Lists of units, joined by commas, under their hash: most frames have the same.
CREATE TABLE figure_frame_units (
  sha256 bytea PRIMARY KEY CHECK (length(sha256) = 32),
  units  text NOT NULL
);

CREATE TABLE figure_frames (
  indicator text COLLATE "C" NOT NULL,
  period    timestamptz NOT NULL,
  -- By which version of the program it is read.
  format    int NOT NULL,
  -- The last N that is in it.
  n         bigint NOT NULL,
  made      timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Of the list of its units.
  units     bytea NOT NULL,
  words     text NOT NULL,
  -- Over all of the above but the time.
  sha256    bytea NOT NULL,
  PRIMARY KEY (indicator, period, format, n)
);

-- Whether anything was said or done of a period after the N of its frame.
CREATE INDEX figure_batches_touches ON figure_batches USING gin (touches jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX figure_acts_touches ON figure_acts USING gin (touches jsonb_path_ops) WITH (fastupdate = off);
