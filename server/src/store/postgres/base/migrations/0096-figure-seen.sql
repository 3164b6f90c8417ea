-- What of figures all had before them when somebody acted in a briefing: beside the acts, whose columns never change.
CREATE TABLE figure_seen_acts (
  chain    text COLLATE "C" NOT NULL,
  seal     bigint NOT NULL,
  leaf     int NOT NULL,
  at       timestamptz NOT NULL,
  -- selection, call, round, directive, contest
  act      text COLLATE "C" NOT NULL,
  -- Of a contest its key, of the others what they made.
  subject  uuid NOT NULL,
  briefing uuid NOT NULL REFERENCES briefings,
  -- Of the briefing since it is live; null: it was not.
  second   int,
  -- Of the figures on the stage, and as of which N all saw them.
  version  bigint NOT NULL,
  n        bigint NOT NULL,
  -- SHA-256 of what all saw.
  content  text NOT NULL,
  PRIMARY KEY (chain, seal, leaf),
  UNIQUE (act, subject)
);
CREATE INDEX figure_seen_acts_briefing ON figure_seen_acts (briefing);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON figure_seen_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON figure_seen_acts FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
