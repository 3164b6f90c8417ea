-- What a unit has said to all stages below it: that everybody is shown what it is shown, and when those stages end.
CREATE TABLE floor_gathers (
  briefing uuid NOT NULL REFERENCES floors ON DELETE CASCADE,
  path     text COLLATE "C" NOT NULL,
  eyes     boolean NOT NULL,
  -- null: they go on.
  back_at  timestamptz,
  PRIMARY KEY (briefing, path),
  CHECK (eyes OR back_at IS NOT NULL)
);
CREATE INDEX floor_gathers_due ON floor_gathers (back_at) WHERE back_at IS NOT NULL;
