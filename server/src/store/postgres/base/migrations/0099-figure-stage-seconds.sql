-- At which second of its briefing figures were shown, pointed at and cleared: beside these acts, whose columns never change.
CREATE TABLE figure_stage_seconds (
  chain    text COLLATE "C" NOT NULL,
  seal     bigint NOT NULL,
  leaf     int NOT NULL,
  briefing uuid NOT NULL REFERENCES briefings,
  version  bigint NOT NULL,
  -- Since it is live; null: it was not.
  second   int,
  PRIMARY KEY (briefing, version),
  UNIQUE (chain, seal, leaf)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON figure_stage_seconds FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON figure_stage_seconds FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
