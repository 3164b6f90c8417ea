-- FG147: whose numbers came in under the code that rounds of the same words shared goes on under it; what a version before takes
-- in beside this one is said by the default.
ALTER TABLE round_numbers_taken ADD COLUMN shared boolean NOT NULL DEFAULT true;
