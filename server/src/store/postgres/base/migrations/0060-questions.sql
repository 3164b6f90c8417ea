-- Written questions of units in a briefing. Where each stands follows from its acts, oldest first; there is no other table.
CREATE TABLE question_acts (
  chain        text COLLATE "C" NOT NULL,
  seal         bigint NOT NULL,
  leaf         int NOT NULL,
  briefing     uuid NOT NULL REFERENCES briefings,
  -- Of the acts on questions of the briefing.
  seq          int NOT NULL,
  -- The key of the act that asked it.
  question     uuid NOT NULL,
  -- Of the request, which may concern many questions.
  key          uuid NOT NULL,
  act          text NOT NULL CHECK (act IN ('ask', 'change', 'withdraw', 'pass', 'decline', 'join', 'air', 'write')),
  at           timestamptz NOT NULL,
  -- Whose question it is.
  unit         text COLLATE "C" NOT NULL,
  path         text COLLATE "C" NOT NULL,
  -- The question; why it was declined; the answer.
  words        text,
  -- The desk on which the act puts it. chosen: it is to be answered there.
  desk         text COLLATE "C",
  chosen       boolean NOT NULL,
  -- The question of the same matter.
  joined       uuid,
  account      uuid NOT NULL,
  account_name text NOT NULL,
  identity     text NOT NULL,
  address      text NOT NULL,
  -- {name, title} of who sat at the device.
  person       jsonb,
  PRIMARY KEY (chain, seal, leaf),
  UNIQUE (briefing, seq),
  UNIQUE (key, question),
  CHECK ((act IN ('ask', 'change', 'decline', 'write')) = (words IS NOT NULL)),
  CHECK ((act = 'join') = (joined IS NOT NULL))
);
CREATE INDEX question_acts_question ON question_acts (question, seq);
CREATE INDEX question_acts_unit ON question_acts (unit, briefing);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON question_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON question_acts FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
