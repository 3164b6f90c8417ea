-- Stages of units below the briefing's own: which are open, what subtrees are shown, and on which each thing of the floor is.

CREATE TABLE floor_stages (
  briefing uuid NOT NULL REFERENCES floors ON DELETE CASCADE,
  path     text COLLATE "C" NOT NULL,
  unit     text COLLATE "C" NOT NULL REFERENCES units,
  name     text NOT NULL,
  since    timestamptz NOT NULL,
  -- The order in which they were opened.
  nr       bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (briefing, path)
);

-- From `path` down, this stage is shown.
CREATE TABLE floor_mains (
  briefing uuid NOT NULL REFERENCES floors ON DELETE CASCADE,
  path     text COLLATE "C" NOT NULL,
  stage    text COLLATE "C" NOT NULL,
  PRIMARY KEY (briefing, path)
);

-- null: the briefing's own.
ALTER TABLE floor_speakers ADD COLUMN stage text COLLATE "C";
ALTER TABLE floor_hands ADD COLUMN stage text COLLATE "C";
ALTER TABLE calls ADD COLUMN stage text COLLATE "C";
-- The stage that an official has entered with this device; null: none.
ALTER TABLE floor_devices ADD COLUMN entered text COLLATE "C";
