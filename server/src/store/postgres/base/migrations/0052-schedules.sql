-- What is planned beside time and scope, and what the doors say of its last change. Defaults are constants: no row is written anew.
-- step
ALTER TABLE briefings
  -- [{title, by?, minutes?}]
  ADD COLUMN IF NOT EXISTS agenda jsonb NOT NULL DEFAULT '[]',
  -- Accounts of moderators who choose what all see.
  ADD COLUMN IF NOT EXISTS producers uuid[] NOT NULL DEFAULT '{}',
  ADD COLUMN IF NOT EXISTS language text NOT NULL DEFAULT 'vi',
  -- {kind, reason, at, from}, as the act of the change has it.
  ADD COLUMN IF NOT EXISTS notice jsonb,
  DROP CONSTRAINT IF EXISTS briefings_language,
  ADD CONSTRAINT briefings_language CHECK (language IN ('vi', 'en')) NOT VALID;
-- change: the same facts as schedule, and notice. cancel: notice.
ALTER TABLE briefing_acts
  DROP CONSTRAINT IF EXISTS briefing_acts_act_check,
  ADD CONSTRAINT briefing_acts_act_check CHECK (act IN ('schedule', 'open', 'live', 'close', 'change', 'cancel')) NOT VALID;
-- step
ALTER TABLE briefings VALIDATE CONSTRAINT briefings_language;
ALTER TABLE briefing_acts VALIDATE CONSTRAINT briefing_acts_act_check;
