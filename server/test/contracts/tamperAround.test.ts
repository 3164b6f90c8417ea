import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { areas } from '../support/official/areas.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { Tamperer } from '../support/official/tamper.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let tamperer: Tamperer;
let server: string;
before(async () => {
  stores = await openStores();
  world = await OfficialWorld.create(stores.databaseUrl);
  for (const area of areas) await area(world);
  tamperer = await Tamperer.create(stores.databaseUrl);
  const [me] = await world.postgres.query<{ role: string }>('SELECT quote_ident(current_user) AS role');
  server = me?.role ?? '';
});
after(async () => {
  await tamperer?.close();
  await world?.close();
  await stores?.close();
});

test('AU30 nothing is otherwise around the tables of a record that nobody touched', async () => {
  assert.deepEqual(await tamperer.around(async () => undefined), []);
});

/** What somebody with all rights does beside the rows, and the part that has to be named. */
const deeds: readonly (readonly [what: string, deed: (server: string) => string, told: RegExp])[] = [
  [
    'a row-security policy that hides an answer from pages',
    (role) => `ALTER TABLE round_entries ENABLE ROW LEVEL SECURITY;
      CREATE POLICY hidden ON round_entries FOR SELECT TO ${role} USING (unit <> '10001')`,
    /table public\.round_entries, policy hidden: .*unit <> '10001'/,
  ],
  [
    'row security alone',
    () => 'ALTER TABLE round_entries ENABLE ROW LEVEL SECURITY',
    /table public\.round_entries: it is "row security"/,
  ],
  [
    'a view round_asked without two silent units',
    () =>
      `CREATE OR REPLACE VIEW round_asked AS SELECT round, unit, path FROM round_units WHERE unit NOT IN ('10001', '10002')`,
    /view public\.round_asked, rule "_RETURN": it is ".*10001.*"; it was sealed as "/s,
  ],
  [
    'record_stays() emptied',
    () =>
      `CREATE OR REPLACE FUNCTION record_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS 'BEGIN RETURN NEW; END'`,
    /function public\.record_stays\(\): it is ".*RETURN NEW/,
  ],
  [
    'a path taken from a function',
    () => 'ALTER FUNCTION record_stays() RESET search_path',
    /function public\.record_stays\(\): /,
  ],
  [
    'UPDATE granted',
    (role) => `GRANT UPDATE ON round_entries TO ${role}`,
    /table public\.round_entries, rights of the (server|owner): it is "a?r?a?w/,
  ],
  [
    'UPDATE granted to everybody',
    () => 'GRANT UPDATE ON round_entries TO PUBLIC',
    /table public\.round_entries, rights of everybody: .*"w"/,
  ],
  [
    'UPDATE of a column granted',
    () => 'GRANT UPDATE (note) ON round_entries TO PUBLIC',
    /table public\.round_entries, column note, rights of everybody/,
  ],
  ['rights on what comes later', () => 'ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC', /default rights of /],
  [
    'another clock in a schema of its own',
    () =>
      `CREATE SCHEMA other; CREATE FUNCTION other.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$ SELECT '2026-01-01'::timestamptz $$`,
    /function other\.clock_timestamp\(\): it was not there/,
  ],
  [
    'a path for everybody who connects',
    () =>
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = other, pg_catalog, public', current_database()); END $$`,
    /settings of all roles in this database: it was not there .*search_path=other/,
  ],
  [
    'an overloaded function',
    () => `CREATE FUNCTION public.length(unknown_kind text, n int) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    /function public\.length\(/,
  ],
  [
    'NOT NULL taken from a chain',
    () => 'ALTER TABLE round_entries ALTER chain DROP NOT NULL',
    /table public\.round_entries, column chain: it is "text collate "C""; it was sealed as "text collate "C" not null"/,
  ],
  [
    'a CHECK taken away',
    () => 'ALTER TABLE round_entries DROP CONSTRAINT round_entries_kind_check',
    /table public\.round_entries, constraint round_entries_kind_check: it is gone/,
  ],
  [
    'a CHECK that holds for new rows alone',
    () => `ALTER TABLE round_entries DROP CONSTRAINT round_entries_seq_check;
      ALTER TABLE round_entries ADD CONSTRAINT round_entries_seq_check CHECK (seq > 0) NOT VALID`,
    /round_entries_seq_check: it is "CHECK \(\(seq > 0\)\) NOT VALID"/,
  ],
  [
    'a key taken away',
    () => 'DROP INDEX briefing_acts_seal',
    /table public\.briefing_acts, index briefing_acts_seal: it is gone/,
  ],
  [
    'another default',
    () => `ALTER TABLE briefings ALTER created_at SET DEFAULT '2026-01-01'`,
    /table public\.briefings, column created_at: .*default '2026-01-01/,
  ],
  [
    'a rule that swallows',
    () => 'CREATE RULE swallowed AS ON INSERT TO round_refusals DO INSTEAD NOTHING',
    /table public\.round_refusals, rule swallowed/,
  ],
  [
    'a trigger of their own',
    () => 'CREATE TRIGGER mine BEFORE INSERT ON round_entries FOR EACH ROW EXECUTE FUNCTION record_stays()',
    /table public\.round_entries, trigger mine/,
  ],
  [
    'a guard switched off',
    () => 'ALTER TABLE round_entries DISABLE TRIGGER record_stays',
    /trigger record_stays: it is ".* disabled"/,
  ],
  [
    'a guard switched off for one month of figures',
    () => `DO $$ BEGIN EXECUTE (SELECT format('ALTER TABLE %s DISABLE TRIGGER record_stays', inhrelid::regclass) FROM pg_inherits
      WHERE inhparent = 'observations'::regclass ORDER BY 1 LIMIT 1); END $$`,
    /table public\.observations_\d{4}_\d\d, trigger record_stays: .* disabled/,
  ],
  [
    'a month of figures that everybody may change',
    () => `DO $$ BEGIN EXECUTE (SELECT format('GRANT UPDATE ON %s TO PUBLIC', inhrelid::regclass) FROM pg_inherits
      WHERE inhparent = 'observations'::regclass ORDER BY 1 DESC LIMIT 1); END $$`,
    /table public\.observations_\d{4}_\d\d, rights of everybody/,
  ],
  [
    'a table that inherits',
    () => 'CREATE TABLE more () INHERITS (round_entries)',
    /table public\.more: it was not there .*inherits public\.round_entries/,
  ],
  [
    'a table without a log',
    () => 'ALTER TABLE round_refusals SET UNLOGGED',
    /table public\.round_refusals: it is "unlogged"/,
  ],
  [
    'a column',
    () => 'ALTER TABLE accounts ADD COLUMN hidden boolean',
    /table public\.accounts, column hidden: it was not there/,
  ],
  [
    'a collation',
    () => 'ALTER TABLE accounts ALTER name TYPE text COLLATE "C"',
    /table public\.accounts, column name: it is "text collate "C"/,
  ],
  [
    'an operator of their own',
    () => `CREATE FUNCTION public.same(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
      CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = public.same)`,
    /operator public\.=\(text,text\)/,
  ],
  ['a type of their own', () => `CREATE DOMAIN public.answer AS text CHECK (VALUE <> 'x')`, /type public\.answer/],
];

for (const [what, deed, told] of deeds)
  test(`AU31 around the tables, ${what}: named by a verification of the database and of its export`, async () => {
    assert.match((await tamperer.around(() => tamperer.query(deed(server)))).join('\n'), told);
  });
