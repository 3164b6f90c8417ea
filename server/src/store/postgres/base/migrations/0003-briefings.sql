-- Live events. The epoch is raised with each official change of state; a writer that saw an older one is refused.

CREATE TABLE briefings (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  title        text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  state        text NOT NULL DEFAULT 'scheduled' CHECK (state IN ('scheduled', 'open', 'live', 'closed')),
  -- Path of the unit whose subtree sees the main stage, as it was at scheduling.
  stage        text COLLATE "C" NOT NULL,
  -- Paths of the subtrees that are expected.
  scope        text[] COLLATE "C" NOT NULL CHECK (cardinality(scope) > 0),
  scheduled_at timestamptz NOT NULL,
  opened_at    timestamptz,
  live_at      timestamptz,
  closed_at    timestamptz,
  epoch        bigint NOT NULL DEFAULT 1,
  expected     int NOT NULL,
  created_by   uuid REFERENCES accounts ON DELETE SET NULL,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The state and its moments say the same.
  CHECK (state <> 'open' OR opened_at IS NOT NULL),
  CHECK (state <> 'live' OR live_at IS NOT NULL),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX briefings_scheduled ON briefings (scheduled_at DESC);
CREATE INDEX briefings_running ON briefings (id) WHERE state IN ('open', 'live');

-- The record of official acts on the briefing itself; its key is the compare-and-set.
CREATE TABLE briefing_acts (
  briefing uuid NOT NULL REFERENCES briefings ON DELETE CASCADE,
  epoch    bigint NOT NULL,
  act      text NOT NULL CHECK (act IN ('schedule', 'open', 'live', 'close')),
  account  uuid REFERENCES accounts ON DELETE SET NULL,
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (briefing, epoch)
);

-- Who is expected, frozen when the doors open: a later change of the tree does not rewrite who should have been there.
CREATE TABLE briefing_expected (
  briefing uuid NOT NULL REFERENCES briefings ON DELETE CASCADE,
  unit     text COLLATE "C" NOT NULL REFERENCES units,
  path     text COLLATE "C" NOT NULL,
  PRIMARY KEY (briefing, unit)
);
