-- Stewards: who answers for some indicators in a territory, and for nothing else.
-- step
ALTER TABLE accounts
  -- Codes of indicators; of stewards alone.
  ADD COLUMN IF NOT EXISTS indicators text[],
  DROP CONSTRAINT IF EXISTS accounts_role_check,
  ADD CONSTRAINT accounts_role_check
    CHECK (role IN ('principal', 'moderator', 'seat', 'operator', 'screen', 'steward')) NOT VALID,
  DROP CONSTRAINT IF EXISTS accounts_indicators_check,
  ADD CONSTRAINT accounts_indicators_check CHECK ((role = 'steward') = (indicators IS NOT NULL)) NOT VALID;
-- step
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_role_check;
-- step
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_indicators_check;
