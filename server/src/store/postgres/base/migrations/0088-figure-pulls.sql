-- How it goes with sources whose figures are fetched. No address and no credential is here.
CREATE TABLE figure_pulls (
  source       text COLLATE "C" PRIMARY KEY,
  -- SHA-256 of what is asked: what is kept of an answer holds for that alone.
  asks         text COLLATE "C" NOT NULL,
  next_at      timestamptz NOT NULL,
  -- Which node asks now, and until when no other does.
  lease        uuid,
  leased_until timestamptz,
  asked_at     timestamptz,
  good_at      timestamptz,
  failures     int NOT NULL DEFAULT 0,
  came         jsonb,
  errors       jsonb NOT NULL DEFAULT '[]',
  etag         text,
  modified     text
);
