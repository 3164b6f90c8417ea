-- Receipts that the record contradicts, as pages found them and the server did when it looked again. No record: some of each unit,
-- for the officials above to read; what is proof is the receipt, which the unit keeps.
CREATE TABLE contradictions (
  unit         text COLLATE "C" NOT NULL,
  path         text COLLATE "C" NOT NULL,
  chain        text COLLATE "C" NOT NULL,
  seal         bigint NOT NULL,
  -- Of the row under its seal.
  place        int NOT NULL,
  -- Whether this installation gave the receipt, by its stamp.
  proven       boolean NOT NULL,
  receipt      jsonb NOT NULL,
  -- What stood in its place when it was last looked at.
  found        jsonb NOT NULL,
  account      uuid NOT NULL,
  account_name text NOT NULL,
  identity     text NOT NULL,
  address      text NOT NULL,
  first_at     timestamptz NOT NULL,
  at           timestamptz NOT NULL,
  times        int NOT NULL CHECK (times > 0),
  PRIMARY KEY (unit, chain, seal, place)
);
CREATE INDEX contradictions_newest ON contradictions (at);
