-- A unit's own answer stands beside what an official has noted, and may be corrected: a correction is a row more, under a kind of its own. Its
-- confirmation is one for each answer. Columns stay as they are; the numbers of `seq` say what came after what.
ALTER TABLE round_entries
  DROP CONSTRAINT round_entries_kind_check,
  DROP CONSTRAINT round_entries_check,
  DROP CONSTRAINT round_entries_round_unit_kind_key,
  ADD CONSTRAINT round_entries_kind_check CHECK (kind IN ('answer', 'correction', 'official', 'excused', 'confirm')),
  ADD CONSTRAINT round_entries_check CHECK ((kind IN ('answer', 'correction')) = (answerer IS NOT NULL));
DROP INDEX round_entries_one_answer;
CREATE UNIQUE INDEX round_entries_once ON round_entries (round, unit, kind) WHERE kind IN ('answer', 'official', 'excused');
