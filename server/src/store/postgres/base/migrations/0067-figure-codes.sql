-- By which codes a source calls indicators and units, where it has codes of its own.
CREATE TABLE figure_codes (
  source text COLLATE "C" NOT NULL,
  kind   text NOT NULL CHECK (kind IN ('indicator', 'unit')),
  theirs text COLLATE "C" NOT NULL,
  ours   text COLLATE "C" NOT NULL,
  PRIMARY KEY (source, kind, theirs)
);
