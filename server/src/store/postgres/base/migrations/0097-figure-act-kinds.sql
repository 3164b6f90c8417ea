-- Which values are contested, and what was decided lately, is asked every few seconds: by kind, and not through all acts there ever were.
-- step alone
-- One that was interrupted is there, and good for nothing.
DROP INDEX CONCURRENTLY IF EXISTS figure_acts_kind;
-- step alone
CREATE INDEX CONCURRENTLY figure_acts_kind ON figure_acts (act, at);
