-- What happened to nodes, for who asks in the morning. It is no record, and it is forgotten.
CREATE TABLE node_events (
  nr       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL,
  kind     text NOT NULL,
  node     text NOT NULL,
  boot     uuid NOT NULL,
  -- The version of a node that came; who asked that it drains.
  detail   text,
  -- Which briefing it carries since then.
  briefing uuid REFERENCES briefings,
  epoch    int,
  CHECK ((briefing IS NULL) = (epoch IS NULL))
);
CREATE INDEX node_events_boot ON node_events (boot);
