-- absence: the unit's own answer that it is absent, with the reason as its note, the first one or in the place of its last.
-- step
ALTER TABLE round_entries
  DROP CONSTRAINT round_entries_kind_check,
  DROP CONSTRAINT IF EXISTS round_entries_absence_check,
  ADD CONSTRAINT round_entries_kind_check
    CHECK (kind IN ('answer', 'correction', 'absence', 'official', 'excused', 'confirm', 'number')) NOT VALID,
  ADD CONSTRAINT round_entries_absence_check CHECK (kind <> 'absence' OR note IS NOT NULL AND name IS NULL) NOT VALID;
ALTER TABLE round_refusals
  DROP CONSTRAINT round_refusals_kind_check,
  ADD CONSTRAINT round_refusals_kind_check CHECK (kind IN ('answer', 'correction', 'absence')),
  ALTER COLUMN answerer DROP NOT NULL;
-- step
ALTER TABLE round_entries VALIDATE CONSTRAINT round_entries_kind_check;
ALTER TABLE round_entries VALIDATE CONSTRAINT round_entries_absence_check;
