-- What units type in themselves: each is a statement of its unit, with a receipt; its values are in the batch with that N.
CREATE TABLE figure_entries (
  chain        text COLLATE "C" NOT NULL,
  seal         bigint NOT NULL,
  leaf         int NOT NULL,
  -- Null: it said once more what stood.
  n            bigint,
  at           timestamptz NOT NULL,
  source       text COLLATE "C" NOT NULL,
  unit         text COLLATE "C" NOT NULL,
  path         text COLLATE "C" NOT NULL,
  key          uuid NOT NULL UNIQUE,
  -- By indicator and period: the value in whole steps, whether it is held, and whether it is a new revision.
  said         jsonb NOT NULL,
  reason       text,
  account      uuid NOT NULL,
  account_name text NOT NULL,
  identity     text NOT NULL,
  -- Who sat there, as they said at the door.
  person       jsonb,
  PRIMARY KEY (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON figure_entries FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON figure_entries FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
