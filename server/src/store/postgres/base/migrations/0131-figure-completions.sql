-- WH15: that a period of a figure became complete in the territory of a webhook, once. No record: it follows from batches and the clock.
CREATE TABLE figure_completions (
  indicator text COLLATE "C" NOT NULL,
  period    timestamptz NOT NULL,
  -- Path of the territory.
  path      text COLLATE "C" NOT NULL,
  because   text NOT NULL CHECK (because IN ('covered', 'due')),
  said      int NOT NULL,
  expected  int NOT NULL,
  n         bigint NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (indicator, period, path)
);
