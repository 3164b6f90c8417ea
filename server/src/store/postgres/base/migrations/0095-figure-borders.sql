-- Borders of units on maps of figures, as they are drawn. Every node draws by the newest; null: maps are tiles again. They are
-- ground and no figure: nothing on record depends on them.
CREATE TABLE figure_borders (
  id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  units  int NOT NULL,
  -- JSON, as pages are sent it.
  drawn  text,
  -- Over the text: what was altered is not drawn.
  sha256 bytea NOT NULL CHECK (length(sha256) = 32)
);
