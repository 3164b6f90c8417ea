-- For whom invitations with links were made, and by whom: whoever holds one enters for the unit.
CREATE TABLE invitations (
  chain     text COLLATE "C" NOT NULL,
  seal      bigint NOT NULL,
  leaf      int NOT NULL,
  id        uuid NOT NULL UNIQUE,
  briefing  uuid NOT NULL REFERENCES briefings,
  territory text COLLATE "C" NOT NULL,
  -- missing: for units without a device that is signed in. all: for every unit, and earlier links ended.
  links     text NOT NULL CHECK (links IN ('missing', 'all')),
  units     int NOT NULL,
  -- How many links were to be issued.
  issued    int NOT NULL,
  account   uuid NOT NULL REFERENCES accounts,
  by_name   text NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (chain, seal, leaf)
);
CREATE INDEX invitations_briefing ON invitations (briefing);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON invitations FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON invitations FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
