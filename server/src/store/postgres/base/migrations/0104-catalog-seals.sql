-- How the database was left by whoever may change it, on the chain `system`: at each migration, and when an operator accepts what was found
-- otherwise. Rows and seals say what was recorded; this says what stands around them, by which a page could be shown something else.
CREATE TABLE catalog_seals (
  chain       text COLLATE "C" NOT NULL,
  seal        bigint NOT NULL,
  leaf        int NOT NULL,
  at          timestamptz NOT NULL,
  act         text NOT NULL CHECK (act IN ('sealed', 'differed', 'accepted')),
  -- migration, restore, or the words of whoever accepts.
  why         text NOT NULL,
  -- The newest migration.
  version     text NOT NULL,
  -- How parts are named and written.
  format      int NOT NULL,
  -- Names of the roles that `parts` calls the owner and the server.
  owner_role  text NOT NULL,
  server_role text NOT NULL,
  -- SHA-256 of parts.schema, the same in each installation of this version.
  fingerprint text CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
  -- {schema, local}: name of a part -> its definition.
  parts       jsonb,
  -- {table: {rows, hash}}: rows of official tables that have no seal.
  unsealed    jsonb,
  -- In words, what was found otherwise, or is accepted.
  differences jsonb,
  PRIMARY KEY (chain, seal, leaf),
  CHECK ((act = 'sealed') = (differences IS NULL) AND (act = 'differed') = (parts IS NULL))
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON catalog_seals FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON catalog_seals FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- Whatever the path of a connection is, these mean PostgreSQL's own functions and operators.
ALTER FUNCTION units_stay_closed() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION calls_stay_over() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION record_stays() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION carriers_rise() SET search_path = pg_catalog, public, pg_temp;
-- A setting of its own would keep it from being planned as a part of its query.
CREATE OR REPLACE FUNCTION figure_number(said text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN said OPERATOR(pg_catalog.~) '^-?[0-9]{1,15}$' THEN said::pg_catalog.int8 END
$$;
