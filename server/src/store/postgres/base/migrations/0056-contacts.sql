-- Whom to ring in a unit, and where: what stands now, since numbers of people are kept no longer than they are right.
CREATE TABLE unit_contacts (
  unit       text COLLATE "C" PRIMARY KEY REFERENCES units,
  -- The office's telephone.
  telephone  text,
  -- [{name, title, telephone, deputy}], in the order in which they are rung.
  people     jsonb NOT NULL DEFAULT '[]',
  -- Raised by each change: who saw an older one is told so.
  version    int NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- null: by an import of the command line, or the demo.
  changed_by uuid REFERENCES accounts ON DELETE SET NULL
);
