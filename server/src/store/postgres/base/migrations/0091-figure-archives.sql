-- Months of figures that have left the table of rows: what was written to which file, and what was said of each of their periods.

CREATE TABLE figure_archives (
  chain      text COLLATE "C" NOT NULL,
  seal       bigint NOT NULL,
  leaf       int NOT NULL,
  id         uuid NOT NULL UNIQUE,
  at         timestamptz NOT NULL,
  act        text NOT NULL CHECK (act IN ('archive', 'reopen')),
  -- By the clock in Viet Nam: 2026-03.
  month      text COLLATE "C" NOT NULL,
  -- What comes hourly or more often, daily, or more rarely.
  grain      text NOT NULL CHECK (grain IN ('hour', 'day', 'rest')),
  -- Of a reopening: which archive holds no more.
  reopens    uuid UNIQUE,
  rows       bigint NOT NULL,
  -- Of an archive: its file, with the SHA-256 of all of it, and the hash over its packs.
  file       text,
  sha256     text,
  packs_hash text,
  by_name    text NOT NULL,
  PRIMARY KEY (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON figure_archives FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON figure_archives FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- All that was said of one indicator in one period, column by column, in the order of units: from it rows are read as before.
CREATE TABLE figure_packs (
  archive   uuid NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  period    timestamptz NOT NULL,
  -- The first and the last N that is in it.
  first     bigint NOT NULL,
  last      bigint NOT NULL,
  rows      int NOT NULL,
  units     text NOT NULL,
  vals      text NOT NULL,
  rests     text NOT NULL,
  PRIMARY KEY (archive, indicator, period)
);
CREATE INDEX figure_packs_period ON figure_packs (indicator, period);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON figure_packs FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON figure_packs FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- Those of archives that were not reopened: of the others all rows are in their table again.
CREATE VIEW figure_packs_read AS
  SELECT p.* FROM figure_packs p WHERE NOT EXISTS (SELECT FROM figure_archives r WHERE r.reopens = p.archive);

-- A pack that was altered may say anything: what is no number is none.
CREATE FUNCTION figure_number(said text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN said ~ '^-?[0-9]{1,15}$' THEN said::bigint END
$$;

-- Their rows, as they were in the table.
CREATE VIEW figure_packed AS
  SELECT p.period, figure_number(split_part(c.rest, ' ', 1)) AS batch, figure_number(c.val) AS value,
    to_timestamp(figure_number(split_part(c.rest, ' ', 6)) / 1000.0) AS seen, figure_number(split_part(c.rest, ' ', 3))::int AS revision,
    split_part(c.rest, ' ', 5) = 't' AS held, p.indicator, c.unit COLLATE "C" AS unit, split_part(c.rest, ' ', 2) COLLATE "C" AS source,
    split_part(c.rest, ' ', 4) COLLATE "C" AS status, p.archive
  FROM figure_packs_read p,
    unnest(string_to_array(p.units, ','), string_to_array(p.vals, ','), string_to_array(p.rests, ',')) AS c (unit, val, rest);

-- All that was ever said.
CREATE VIEW figure_rows AS
  SELECT period, batch, value, seen, revision, held, indicator, unit, source, status FROM observations
  UNION ALL SELECT period, batch, value, seen, revision, held, indicator, unit, source, status FROM figure_packed;
