-- Titles that nobody below a tier is called by, beside those that the program knows. null: none.
ALTER TABLE tiers ADD COLUMN IF NOT EXISTS titles text[];
