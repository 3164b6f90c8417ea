-- Why values are held, what is usual for a unit, and when each source spoke last. None of it is on record: it tells why, and
-- is computed anew.

-- Of values that were held one by one: with what they were compared.
CREATE TABLE figure_doubts (
  batch     bigint NOT NULL,
  period    timestamptz NOT NULL,
  beside    bigint,
  indicator text COLLATE "C" NOT NULL,
  unit      text COLLATE "C" NOT NULL,
  reason    text NOT NULL,
  PRIMARY KEY (batch, indicator, period, unit)
);

-- Of batches that are held whole.
CREATE TABLE figure_batch_doubts (
  batch  bigint PRIMARY KEY,
  reason text NOT NULL
);

-- Of each indicator, over the periods up to this one: of each unit the median of its values, and that of how far they are from it.
CREATE TABLE figure_usual (
  indicator text COLLATE "C" PRIMARY KEY,
  period    timestamptz NOT NULL,
  units     text[] NOT NULL,
  medians   bigint[] NOT NULL,
  spreads   bigint[] NOT NULL
);

-- The first batch in which a source spoke of a period, and of how many units; of the newest periods alone.
CREATE TABLE figure_words (
  source    text COLLATE "C" NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  period    timestamptz NOT NULL,
  n         bigint NOT NULL,
  at        timestamptz NOT NULL,
  -- Null: from before this was counted.
  units     int,
  PRIMARY KEY (source, indicator, period)
);
INSERT INTO figure_words (source, indicator, period, n, at)
  SELECT DISTINCT ON (b.source, t.key) b.source, t.key, p::timestamptz, b.n, b.at
  FROM figure_batches b, jsonb_each(b.touches) t, jsonb_array_elements_text(t.value) p
  ORDER BY b.source, t.key, p::timestamptz DESC, b.n;
