-- What devices sent again after a restore, with receipts that this installation knows as its own: the receipt of then,
-- who sent it now, and what became of it. What was taken in again stands in the table of its kind, under the same seal.
CREATE TABLE resubmissions (
  chain        text COLLATE "C" NOT NULL,
  seal         bigint NOT NULL,
  leaf         int NOT NULL,
  -- Round or directive, which may be gone.
  about        uuid NOT NULL,
  unit         text COLLATE "C" NOT NULL,
  path         text COLLATE "C" NOT NULL,
  -- Of the answer or act; what is sent twice is taken in once.
  key          uuid NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('answer', 'act')),
  fate         text NOT NULL CHECK (fate IN ('taken', 'overtaken', 'gone')),
  -- When it came in the first time, and when it came again.
  original_at  timestamptz NOT NULL,
  at           timestamptz NOT NULL,
  -- The restore that had lost it.
  restore      uuid NOT NULL,
  receipt      jsonb NOT NULL,
  account      uuid NOT NULL,
  account_name text NOT NULL,
  identity     text NOT NULL,
  address      text NOT NULL,
  PRIMARY KEY (chain, seal, leaf),
  UNIQUE (about, unit, key)
);
CREATE INDEX resubmissions_newest ON resubmissions (at);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON resubmissions FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON resubmissions FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- What devices say that they had sent, without such a receipt. No record: a few of each unit, for officials to read.
CREATE TABLE resubmission_claims (
  about        uuid NOT NULL,
  unit         text COLLATE "C" NOT NULL,
  path         text COLLATE "C" NOT NULL,
  key          uuid NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('answer', 'act')),
  reason       text NOT NULL,
  -- As the device says.
  original_at  timestamptz NOT NULL,
  said         jsonb NOT NULL,
  at           timestamptz NOT NULL,
  times        int NOT NULL CHECK (times > 0),
  account      uuid NOT NULL,
  account_name text NOT NULL,
  identity     text NOT NULL,
  address      text NOT NULL,
  PRIMARY KEY (unit, about, key)
);
CREATE INDEX resubmission_claims_newest ON resubmission_claims (at);
