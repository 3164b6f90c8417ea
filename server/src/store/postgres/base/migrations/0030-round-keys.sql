-- Whose key an act on a round had: the same act sent twice is done once. Beside the record, whose tables never change; it says nothing that
-- would be proof.
CREATE TABLE round_keys (
  round   uuid NOT NULL REFERENCES rounds,
  key     uuid NOT NULL,
  -- Of the act that was done under it.
  version int NOT NULL CHECK (version > 1),
  PRIMARY KEY (round, key)
);
