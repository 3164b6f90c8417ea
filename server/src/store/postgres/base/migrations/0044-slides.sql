-- Slides: decks that were prepared for a briefing, page by page as pictures, and which page of which is shown now. The record is slide_acts:
-- that a deck was shown, with the hashes of all its pages, and at its end which page was seen when.

CREATE TABLE slide_images (
  sha256      text COLLATE "C" PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  type        text NOT NULL,
  size        int NOT NULL CHECK (size > 0),
  uploaded_by uuid NOT NULL REFERENCES accounts,
  uploaded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE slide_image_bytes (
  sha256 text COLLATE "C" PRIMARY KEY REFERENCES slide_images ON DELETE CASCADE,
  bytes  bytea NOT NULL
);
-- Pictures are compressed by their own format.
ALTER TABLE slide_image_bytes ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE slide_decks (
  id         uuid PRIMARY KEY,
  briefing   uuid NOT NULL REFERENCES briefings,
  -- SHA-256 of the file that it was made of: whoever comes with it again goes on where they stopped.
  source     text COLLATE "C" NOT NULL CHECK (source ~ '^[0-9a-f]{64}$'),
  title      text NOT NULL,
  size       int NOT NULL CHECK (size > 0),
  created_by uuid NOT NULL REFERENCES accounts,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- It was seen by all, so it stays.
  shown      boolean NOT NULL DEFAULT false,
  UNIQUE (briefing, source)
);

CREATE TABLE slide_pages (
  deck   uuid NOT NULL REFERENCES slide_decks ON DELETE CASCADE,
  nr     int NOT NULL CHECK (nr > 0),
  wide   text COLLATE "C" NOT NULL REFERENCES slide_images,
  narrow text COLLATE "C" NOT NULL REFERENCES slide_images,
  width  int NOT NULL CHECK (width > 0),
  height int NOT NULL CHECK (height > 0),
  text   text NOT NULL,
  PRIMARY KEY (deck, nr)
);
CREATE INDEX slide_pages_wide ON slide_pages (wide);
CREATE INDEX slide_pages_narrow ON slide_pages (narrow);

CREATE TABLE slide_shows (
  briefing uuid PRIMARY KEY REFERENCES briefings,
  seq      bigint NOT NULL,
  deck     uuid REFERENCES slide_decks,
  page     int,
  -- [{page, at}] since the deck is shown.
  turns    jsonb NOT NULL,
  CHECK ((deck IS NULL) = (page IS NULL))
);

CREATE TABLE slide_acts (
  briefing uuid NOT NULL REFERENCES briefings,
  seq      bigint NOT NULL,
  at       timestamptz NOT NULL,
  act      text NOT NULL CHECK (act IN ('show', 'end')),
  deck     uuid NOT NULL REFERENCES slide_decks,
  title    text NOT NULL,
  source   text NOT NULL,
  -- SHA-256 of the pages, in their order.
  images   jsonb NOT NULL,
  -- Of an end: [{page, at}].
  turns    jsonb NOT NULL,
  -- null: it ended with the briefing.
  account  uuid REFERENCES accounts,
  by_name  text,
  chain    text COLLATE "C" NOT NULL,
  seal     bigint NOT NULL,
  leaf     int NOT NULL,
  UNIQUE (chain, seal, leaf),
  UNIQUE (briefing, seq, act)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON slide_acts FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON slide_acts FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
