-- What others did to an account is told to its person: what is new is asked every few seconds, and of one account.
-- step
-- Up to when a person has seen it. No row: nobody signed in as the account since this is kept.
CREATE TABLE IF NOT EXISTS account_news_seen (
  account uuid PRIMARY KEY REFERENCES accounts,
  at      timestamptz NOT NULL
);
-- step alone
-- One that was interrupted is there, and good for nothing.
DROP INDEX CONCURRENTLY IF EXISTS people_acts_about;
-- step alone
CREATE INDEX CONCURRENTLY people_acts_about ON people_acts (about, at) WHERE about IS NOT NULL;
-- step alone
DROP INDEX CONCURRENTLY IF EXISTS people_acts_at;
-- step alone
CREATE INDEX CONCURRENTLY people_acts_at ON people_acts (at) WHERE about IS NOT NULL;
