-- Signs of life of the nodes, one a second each. No record: what holds now. Unlogged, so that a beat waits neither for the
-- disk nor for a standby; after a crash of the database the nodes that live write theirs again.
CREATE UNLOGGED TABLE node_beats (
  boot   uuid PRIMARY KEY,
  node   text NOT NULL,
  -- Another one with each beat: readers measure by clocks of their own for how long it has not changed.
  number int NOT NULL,
  -- By which rows of nodes that died are cleared away, and nothing else.
  at     timestamptz NOT NULL
);

-- Carrier and standby are followed when their nodes beat no more. What said so before stays for what was written until now.
ALTER TABLE briefing_carriers ALTER COLUMN renewed_at DROP NOT NULL, ALTER COLUMN standby_at DROP NOT NULL;
