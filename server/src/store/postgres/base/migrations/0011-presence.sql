-- Who was seen in a briefing, by unit: written in batches, when a unit comes or goes.

CREATE TABLE presence_seen (
  briefing   uuid NOT NULL REFERENCES briefings ON DELETE CASCADE,
  unit       text COLLATE "C" NOT NULL REFERENCES units,
  first_seen timestamptz NOT NULL,
  last_seen  timestamptz NOT NULL,
  -- Was on the line at the last write; then `presence_boards.alive_at` says until when for certain.
  present    boolean NOT NULL,
  -- Media was connected at some time, not the order channel alone.
  joined     boolean NOT NULL,
  PRIMARY KEY (briefing, unit),
  CHECK (last_seen >= first_seen)
);

CREATE TABLE presence_boards (
  briefing uuid PRIMARY KEY REFERENCES briefings ON DELETE CASCADE,
  alive_at timestamptz NOT NULL
);
