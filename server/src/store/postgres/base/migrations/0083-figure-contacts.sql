-- Who answers for a figure in a unit, and where they are rung: what stands now, since numbers of people are kept no longer than they are right.
CREATE TABLE figure_contacts (
  indicator  text COLLATE "C" NOT NULL,
  unit       text COLLATE "C" NOT NULL REFERENCES units,
  name       text NOT NULL,
  title      text,
  telephone  text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed_by uuid REFERENCES accounts ON DELETE SET NULL,
  PRIMARY KEY (indicator, unit)
);
