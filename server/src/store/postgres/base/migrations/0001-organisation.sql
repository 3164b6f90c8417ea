-- The tree of institutions. Tiers, placements and names are data with dates; a code is given once and for ever.

CREATE TABLE tiers (
  id         text PRIMARY KEY,
  rank       int  NOT NULL,
  name       text NOT NULL,
  name_en    text NOT NULL,
  valid_from date NOT NULL DEFAULT '1945-09-02',
  valid_to   date,
  CHECK (valid_to > valid_from)
);

-- One row per code that was ever given.
CREATE TABLE units (
  code      text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
  closed_on date
);

-- What a unit was called and where it stood from one day to another: a commune may change its parent and keep its code.
CREATE TABLE unit_versions (
  code       text COLLATE "C" NOT NULL REFERENCES units,
  valid_from date NOT NULL,
  valid_to   date,
  parent     text COLLATE "C" REFERENCES units,
  -- Codes from the root, joined by dots; written by the import from the parents, never by hand.
  path       text COLLATE "C" NOT NULL,
  tier       text NOT NULL REFERENCES tiers,
  name       text NOT NULL,
  PRIMARY KEY (code, valid_from),
  CHECK (valid_to > valid_from),
  CHECK (path = code OR path LIKE '%.' || code)
);
CREATE UNIQUE INDEX unit_versions_open ON unit_versions (code) WHERE valid_to IS NULL;
CREATE INDEX unit_versions_path ON unit_versions (path text_pattern_ops);
CREATE INDEX unit_versions_parent ON unit_versions (parent);

CREATE FUNCTION units_stay_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'unit codes are never deleted: close % instead', OLD.code USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.closed_on IS NOT NULL AND NEW.closed_on IS DISTINCT FROM OLD.closed_on THEN
    RAISE EXCEPTION 'code % was closed on % and is never reissued', OLD.code, OLD.closed_on USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER units_stay_closed BEFORE UPDATE OR DELETE ON units FOR EACH ROW EXECUTE FUNCTION units_stay_closed();

-- Raised by whoever changes the tree; nodes compare it with the one that their index was made from.
CREATE TABLE roster_version (
  one     boolean PRIMARY KEY DEFAULT true CHECK (one),
  version bigint NOT NULL DEFAULT 0
);
INSERT INTO roster_version DEFAULT VALUES;

-- Named sets of subtrees (the 19 southern provinces), owned by a unit.
CREATE TABLE unit_lists (
  name       text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 100),
  owner      text COLLATE "C" NOT NULL REFERENCES units,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE unit_list_members (
  list text NOT NULL REFERENCES unit_lists ON DELETE CASCADE,
  unit text COLLATE "C" NOT NULL REFERENCES units,
  PRIMARY KEY (list, unit)
);
