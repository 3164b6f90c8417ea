-- Official acts are sealed in the transaction that records them. Every official table is append-only and has three columns more
-- (chain, seal, leaf): its rows are the leaves of the Merkle tree of their commit, and the seals of a chain follow each other.

CREATE TABLE chains (
  -- briefing:<uuid> or office:<unit>:<year>
  id   text COLLATE "C" PRIMARY KEY,
  -- The last seal. Whoever records on this chain holds this row until COMMIT.
  nr   bigint NOT NULL DEFAULT 0,
  hash bytea NOT NULL CHECK (length(hash) = 32)
);

CREATE TABLE seals (
  chain    text COLLATE "C" NOT NULL REFERENCES chains,
  nr       bigint NOT NULL CHECK (nr > 0),
  -- Hash of the seal before; zeros for the first.
  previous bytea NOT NULL CHECK (length(previous) = 32),
  root     bytea NOT NULL CHECK (length(root) = 32),
  leaves   int NOT NULL CHECK (leaves > 0),
  at       timestamptz NOT NULL,
  hash     bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (chain, nr)
);

-- Attached to every official table: what was recorded stays as it is.
CREATE FUNCTION record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are a record: they are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON seals FOR EACH ROW EXECUTE FUNCTION record_stays();
