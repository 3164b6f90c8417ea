-- Directives: what was ordered, to whom, and what each addressee did with it. The record is directives, directive_acts and
-- directive_ends, with the files and the addressees that they vouch for; directive_follows and directive_numbers follow from it.

-- Files that directives carry, by the hash of their bytes: the same file is kept once.
CREATE TABLE attachments (
  sha256      text COLLATE "C" PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  type        text NOT NULL,
  size        int NOT NULL CHECK (size > 0),
  uploaded_by uuid NOT NULL REFERENCES accounts,
  uploaded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- A directive has it, so it stays.
  used        boolean NOT NULL DEFAULT false
);
CREATE INDEX attachments_unused ON attachments (uploaded_at) WHERE NOT used;

CREATE TABLE attachment_bytes (
  sha256 text COLLATE "C" PRIMARY KEY REFERENCES attachments ON DELETE CASCADE,
  bytes  bytea NOT NULL
);
-- Not compressed, so that a part is read without the rest; most of them are compressed by their own format.
ALTER TABLE attachment_bytes ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE directives (
  id              uuid PRIMARY KEY,
  -- Of the issuer's making: the same order sent twice is one directive.
  key             uuid NOT NULL UNIQUE,
  issuer          text COLLATE "C" NOT NULL REFERENCES units,
  issuer_path     text COLLATE "C" NOT NULL,
  issuer_name     text NOT NULL,
  year            int NOT NULL,
  number          int NOT NULL CHECK (number > 0),
  account         uuid NOT NULL REFERENCES accounts,
  by_name         text NOT NULL,
  title           text NOT NULL,
  text            text NOT NULL,
  -- [{sha256, name, type, size}]
  attachments     jsonb NOT NULL,
  -- {to, except, tier} as it was given.
  addressing      jsonb NOT NULL,
  addressees      int NOT NULL CHECK (addressees > 0),
  -- Of the rows of directive_addressees, in the order of their paths.
  addressees_hash text NOT NULL CHECK (addressees_hash ~ '^[0-9a-f]{64}$'),
  deadline        timestamptz,
  issued_at       timestamptz NOT NULL,
  briefing        uuid REFERENCES briefings,
  second          int,
  supersedes      uuid REFERENCES directives,
  chain           text COLLATE "C" NOT NULL,
  seal            bigint NOT NULL,
  leaf            int NOT NULL,
  UNIQUE (chain, seal, leaf),
  UNIQUE (issuer, year, number),
  CHECK (deadline > issued_at),
  CHECK ((briefing IS NULL) = (second IS NULL))
);
CREATE INDEX directives_issued ON directives (issuer_path, issued_at DESC);
CREATE INDEX directives_newest ON directives (issued_at DESC);
CREATE INDEX directives_briefing ON directives (briefing, issued_at) WHERE briefing IS NOT NULL;
CREATE INDEX directives_supersedes ON directives (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX directives_attachments ON directives USING gin (attachments jsonb_path_ops);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON directives FOR EACH ROW EXECUTE FUNCTION record_stays();

-- To whom, frozen when it was issued: a later change of the tree does not rewrite who was told. `directives.addressees_hash` vouches for it; foreign
-- keys would lock 11,000 rows of units.
CREATE TABLE directive_addressees (
  directive uuid NOT NULL,
  unit      text COLLATE "C" NOT NULL,
  path      text COLLATE "C" NOT NULL,
  name      text NOT NULL,
  -- Was not in the briefing in which it was issued.
  absentee  boolean NOT NULL,
  PRIMARY KEY (directive, unit)
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON directive_addressees FOR EACH ROW EXECUTE FUNCTION record_stays();

-- What was done with it, for one addressee. Without foreign keys: they would lock one row for each of 11,000 acts in a second; the check of the
-- projections looks for acts of nobody.
CREATE TABLE directive_acts (
  key       uuid PRIMARY KEY,
  directive uuid NOT NULL,
  unit      text COLLATE "C" NOT NULL,
  act       text NOT NULL CHECK (act IN ('delivered', 'read', 'acknowledge', 'refuse', 'ask', 'reply', 'start', 'done',
    'agree-recall', 'refuse-recall')),
  account   uuid NOT NULL,
  by_name   text NOT NULL,
  -- Who answers for the unit, as it says.
  name      text,
  words     text,
  promised  date,
  at        timestamptz NOT NULL,
  chain     text COLLATE "C" NOT NULL,
  seal      bigint NOT NULL,
  leaf      int NOT NULL,
  UNIQUE (chain, seal, leaf),
  CHECK ((act IN ('acknowledge', 'refuse')) = (name IS NOT NULL)),
  CHECK (words IS NOT NULL OR act IN ('delivered', 'read', 'start', 'agree-recall')),
  CHECK (promised IS NULL OR act = 'acknowledge')
);
CREATE INDEX directive_acts_of_one ON directive_acts (directive, unit, seal, leaf);
CREATE UNIQUE INDEX directive_acts_once ON directive_acts (directive, unit, act) WHERE act IN ('delivered', 'read');
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON directive_acts FOR EACH ROW EXECUTE FUNCTION record_stays();

-- How it ended as a whole: a directive is recalled or superseded, once.
CREATE TABLE directive_ends (
  directive uuid PRIMARY KEY REFERENCES directives,
  key       uuid NOT NULL UNIQUE,
  act       text NOT NULL CHECK (act IN ('recall', 'supersede')),
  account   uuid NOT NULL REFERENCES accounts,
  by_name   text NOT NULL,
  why       text,
  -- The directive that stands in its place.
  successor uuid REFERENCES directives,
  at        timestamptz NOT NULL,
  chain     text COLLATE "C" NOT NULL,
  seal      bigint NOT NULL,
  leaf      int NOT NULL,
  UNIQUE (chain, seal, leaf),
  CHECK ((act = 'recall') = (why IS NOT NULL)),
  CHECK ((act = 'supersede') = (successor IS NOT NULL))
);
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON directive_ends FOR EACH ROW EXECUTE FUNCTION record_stays();

-- The last number of each issuer and year. Held until COMMIT, after the chain: so numbers have neither gaps nor doubles.
CREATE TABLE directive_numbers (
  issuer text COLLATE "C" NOT NULL,
  year   int NOT NULL,
  last   int NOT NULL,
  PRIMARY KEY (issuer, year)
);

-- Where each addressee stands, after all acts. Made anew from the record at any time.
CREATE TABLE directive_follows (
  directive    uuid NOT NULL,
  unit         text COLLATE "C" NOT NULL,
  path         text COLLATE "C" NOT NULL,
  absentee     boolean NOT NULL,
  state        text NOT NULL DEFAULT 'sent' CHECK (state IN ('sent', 'delivered', 'read', 'question', 'acknowledged', 'refused',
    'in-progress', 'done', 'recall-asked', 'recalled', 'recall-refused')),
  delivered_at timestamptz,
  read_at      timestamptz,
  answered_at  timestamptz,
  done_at      timestamptz,
  name         text,
  words        text,
  promised     date,
  report       text,
  question     text,
  reply        text,
  PRIMARY KEY (directive, unit)
) WITH (fillfactor = 60);
CREATE INDEX directive_follows_inbox ON directive_follows (unit, directive);
CREATE INDEX directive_follows_path ON directive_follows (directive, path);

-- When those who are behind are reminded. done_at: it was looked after, whether or not anybody was behind.
CREATE TABLE directive_moments (
  directive uuid NOT NULL REFERENCES directives,
  moment    text NOT NULL CHECK (moment IN ('day', 'hour', 'deadline')),
  due_at    timestamptz NOT NULL,
  done_at   timestamptz,
  PRIMARY KEY (directive, moment)
);
CREATE INDEX directive_moments_due ON directive_moments (due_at) WHERE done_at IS NULL;

-- Who was reminded: once for each moment.
CREATE TABLE directive_reminders (
  directive uuid NOT NULL,
  unit      text COLLATE "C" NOT NULL,
  moment    text NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (directive, unit, moment),
  FOREIGN KEY (directive, moment) REFERENCES directive_moments
);
