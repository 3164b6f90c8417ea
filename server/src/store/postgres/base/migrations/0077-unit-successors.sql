-- Who took the place of a closed unit, and with what part of it: what it reported before counts there.
CREATE TABLE unit_successors (
  unit      text COLLATE "C" NOT NULL REFERENCES units,
  successor text COLLATE "C" NOT NULL REFERENCES units,
  -- Of all shares of the unit.
  share     int NOT NULL CHECK (share > 0),
  PRIMARY KEY (unit, successor),
  CHECK (unit <> successor)
);
