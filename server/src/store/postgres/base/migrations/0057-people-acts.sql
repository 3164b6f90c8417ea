-- What was done to units, people and their links: official, on a chain of its own. Telephones are never in it.
CREATE TABLE people_acts (
  chain  text COLLATE "C" NOT NULL,
  seal   bigint NOT NULL,
  leaf   int NOT NULL,
  -- The key of who pressed: the same twice is one act.
  id     uuid NOT NULL,
  at     timestamptz NOT NULL,
  -- Who did it; null: the command line.
  account uuid,
  act    text NOT NULL,
  -- Of which unit; null: of none alone.
  unit   text COLLATE "C",
  -- To which account.
  about  uuid,
  -- By the act: names, roles, counts.
  detail jsonb NOT NULL,
  PRIMARY KEY (chain, seal, leaf)
);
CREATE UNIQUE INDEX people_acts_id ON people_acts (id);
CREATE INDEX people_acts_unit ON people_acts (unit, at);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON people_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON people_acts FOR EACH STATEMENT EXECUTE FUNCTION record_stays();

-- A link that sets a password under this login, once, and opens no session. null: a link to sign in by.
ALTER TABLE links ADD COLUMN login text;
