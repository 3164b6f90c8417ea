-- A round of a roll-call may ask for a number. What it asks for, and what was said, stand beside the old tables, whose columns never change.
-- step
CREATE TABLE IF NOT EXISTS round_numbers (
  round     uuid PRIMARY KEY,
  label     text NOT NULL,
  -- What is counted.
  unit      text NOT NULL,
  scale     int NOT NULL CHECK (scale BETWEEN 0 AND 6),
  -- In steps of 10^-scale, like all that follows.
  min       bigint NOT NULL,
  max       bigint NOT NULL CHECK (max >= min),
  soft_min  bigint,
  soft_max  bigint,
  -- The indicator whose period it becomes; null: one of its own.
  indicator text COLLATE "C",
  chain     text COLLATE "C" NOT NULL,
  seal      bigint NOT NULL,
  leaf      int NOT NULL,
  UNIQUE (chain, seal, leaf),
  CHECK ((soft_min IS NULL) = (soft_max IS NULL))
);
DROP TRIGGER IF EXISTS record_stays ON round_numbers;
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON round_numbers FOR EACH ROW EXECUTE FUNCTION record_stays();
DROP TRIGGER IF EXISTS record_stays_whole ON round_numbers;
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON round_numbers FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- The number that came with the entry of this round and seq.
CREATE TABLE IF NOT EXISTS round_number_answers (
  round uuid NOT NULL,
  seq   int NOT NULL,
  unit  text COLLATE "C" NOT NULL,
  value bigint NOT NULL,
  -- It was suspicious: it is on record, and in no sum.
  held  boolean NOT NULL,
  chain text COLLATE "C" NOT NULL,
  seal  bigint NOT NULL,
  leaf  int NOT NULL,
  PRIMARY KEY (round, seq),
  UNIQUE (chain, seal, leaf)
);
DROP TRIGGER IF EXISTS record_stays ON round_number_answers;
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON round_number_answers FOR EACH ROW EXECUTE FUNCTION record_stays();
DROP TRIGGER IF EXISTS record_stays_whole ON round_number_answers;
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON round_number_answers FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- Up to which entry the numbers of a round that is over are with the figures.
CREATE TABLE IF NOT EXISTS round_numbers_taken (
  round uuid PRIMARY KEY,
  seq   int NOT NULL
);

-- number: an official changes what a unit has said, after the deadline.
ALTER TABLE round_entries
  DROP CONSTRAINT round_entries_kind_check,
  ADD CONSTRAINT round_entries_kind_check
    CHECK (kind IN ('answer', 'correction', 'official', 'excused', 'confirm', 'number')) NOT VALID;
-- step
ALTER TABLE round_entries VALIDATE CONSTRAINT round_entries_kind_check;
