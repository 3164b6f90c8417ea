-- A backup was put back: an act on the record, on the chain `system`, and on each chain that goes on after it. What was recorded between the
-- backup and that moment is gone, with its numbers; so those are passed over.
CREATE TABLE restores (
  chain         text COLLATE "C" NOT NULL,
  seal          bigint NOT NULL,
  leaf          int NOT NULL,
  -- The same on all chains.
  id            uuid NOT NULL,
  at            timestamptz NOT NULL,
  -- The moment that was saved, and the checksum of the file.
  backup_at     timestamptz NOT NULL,
  backup_sha256 text NOT NULL CHECK (backup_sha256 ~ '^[0-9a-f]{64}$'),
  -- How many numbers of seals of this chain, and of directives and rounds, are passed over.
  seals         bigint NOT NULL CHECK (seals >= 0),
  numbers       int NOT NULL CHECK (numbers >= 0),
  PRIMARY KEY (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON restores FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON restores FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
