-- Which start of a node holds the lock of this database. One that has lost the lock and gets it back sees here whether
-- another one held it meanwhile; then what it knows is old.
CREATE TABLE node_tenure (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  number bigint NOT NULL,
  node text NOT NULL,
  since timestamptz NOT NULL DEFAULT clock_timestamp()
);
