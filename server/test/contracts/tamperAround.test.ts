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
  stores = await openStores({ world: true });
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
    /round_entries_seq_check: it is "CHECK \(\(seq > 0\)\) NOT VALID \(not validated\)"/,
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
  [
    'a publication',
    () => 'CREATE PUBLICATION everything FOR TABLE round_entries',
    /publication everything: it was not there/,
  ],
  [
    'numbers of a sequence that come in other steps',
    () => `DO $$ BEGIN EXECUTE (SELECT format('ALTER SEQUENCE %s INCREMENT 5 CYCLE', oid::regclass) FROM pg_class
      WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace LIMIT 1); END $$`,
    /sequence public\.\w+: it is "numbers by 5/,
  ],
  [
    'an argument of a function that may be left out',
    () =>
      `DO $$ BEGIN EXECUTE replace(pg_get_functiondef('figure_number'::regproc), '(said text)', '(said text DEFAULT ''7'')'); END $$`,
    /function public\.figure_number\(said text\): it is ".* defaults '7'/,
  ],
  ['a type of their own', () => `CREATE DOMAIN public.answer AS text CHECK (VALUE <> 'x')`, /type public\.answer/],
];

for (const [what, deed, told] of deeds)
  test(`AU31 around the tables, ${what}: named by a verification of the database and of its export`, async () => {
    assert.match((await tamperer.around(() => tamperer.query(deed(server)))).join('\n'), told);
  });

/** An answer that nobody gave, among rows without a seal; the list of these says that it always was. */
const invent = async () => {
  await tamperer.allowDoubles('round_entries');
  await tamperer.query('CREATE TEMP TABLE invented AS SELECT * FROM round_entries ORDER BY seal DESC LIMIT 1');
  await tamperer.query(
    `UPDATE invented SET chain = NULL, seal = NULL, leaf = NULL, seq = seq + 1000, key = gen_random_uuid()`,
  );
  await tamperer.query('INSERT INTO round_entries SELECT * FROM invented');
  await tamperer.query(
    `INSERT INTO unsealed_rows SELECT 'round_entries', count(*), encode(sha256(convert_to(string_agg(to_jsonb(t)::text, E'\\n' ORDER BY to_jsonb(t)::text COLLATE "C"), 'UTF8')), 'hex')
     FROM round_entries t WHERE chain IS NULL`,
  );
};

test('AU32 a row without a seal, in a table that never had one, is named, also when unsealed_rows says that it was there', async () => {
  const problems = await tamperer.after(invent);
  assert.match(
    problems.join('\n'),
    /^round_entries: 1 rows have no seal, and none had none when the database was sealed at 2/m,
  );
});

test('AU32 the rows that had no seal when the database was sealed stay as many and the same, whatever unsealed_rows says', async () => {
  const problems = await tamperer.after(async () => {
    await tamperer.allowDoubles('floor_acts');
    await tamperer.query('ALTER TABLE floor_acts DROP CONSTRAINT floor_acts_sealed');
    await tamperer.query(`INSERT INTO floor_acts SELECT * FROM floor_acts WHERE chain IS NULL LIMIT 1`);
    await tamperer.query(
      `UPDATE unsealed_rows SET rows = n, hash = h FROM (SELECT count(*) AS n, encode(sha256(convert_to(string_agg(to_jsonb(t)::text, E'\\n'
         ORDER BY to_jsonb(t)::text COLLATE "C"), 'UTF8')), 'hex') AS h FROM floor_acts t WHERE chain IS NULL) o WHERE relation = 'floor_acts'`,
    );
  });
  assert.match(problems.join('\n'), /^floor_acts: the 2 rows without a seal are not the 1 that had none when/m);
});

test('AU31 the three steps that made a summary say something else are named, each by itself', async () => {
  const around = await tamperer.around(async () => {
    await invent();
    await tamperer.query(deeds[0]?.[1](server) ?? '');
    await tamperer.query(deeds[2]?.[1](server) ?? '');
  });
  for (const told of [/round_entries, column chain: /, /policy hidden/, /view public\.round_asked, rule/])
    assert.match(around.join('\n'), told);
});

/** People, units and refusals, as somebody with all rights would have them. */
const changes: readonly (readonly [what: string, rule: string, deed: string, told: RegExp])[] = [
  [
    'a seat that is made a moderator',
    'AU34',
    `UPDATE accounts SET role = 'moderator' WHERE unit = '10001'`,
    /accounts \(account .*\): it is role "moderator"; the last sealed act says role "seat"/,
  ],
  [
    'an account that is renamed',
    'AU34',
    `UPDATE accounts SET name = 'Ai đó' WHERE unit = '10002'`,
    /it is name "Ai đó"; the last sealed act says name "Chủ tịch 10002"/,
  ],
  [
    'an account of another unit',
    'AU34',
    `UPDATE accounts SET unit = '10003' WHERE unit = '10002'`,
    /it is unit "10003"; the last sealed act says unit "10002"/,
  ],
  [
    'an account that is let in again',
    'AU34',
    `UPDATE accounts SET disabled_at = now() WHERE unit = '10001'`,
    /it is disabled "/,
  ],
  [
    'an account that nobody made',
    'AU34',
    `INSERT INTO accounts (name, role, unit) VALUES ('Ai đó', 'principal', 'vn')`,
    /accounts \(account .*\): no sealed act made it/,
  ],
  [
    'an account that is gone',
    'AU34',
    `DELETE FROM accounts WHERE unit = '10003'`,
    /accounts \(account .*\): it is gone/,
  ],
  [
    'a unit that is renamed',
    'AU34',
    `UPDATE unit_versions SET name = 'Xã Khác' WHERE code = '10001'`,
    /unit_versions, units \(unit 10001\): it is versions .*Xã Khác.*; the last sealed act says versions .*Phường Một/,
  ],
  [
    'a unit that is moved',
    'AU34',
    `UPDATE unit_versions SET parent = 'vn', path = 'vn.10001' WHERE code = '10001'`,
    /\(unit 10001\): it is versions .*"path":"vn.10001"/,
  ],
  [
    'a unit that is closed',
    'AU34',
    `UPDATE units SET closed_on = '2026-01-01' WHERE code = '10001'`,
    /\(unit 10001\): it is closed "2026-01-01"; the last sealed act says closed null/,
  ],
  [
    'refusals that are deleted',
    'AU35',
    'DELETE FROM round_refusals',
    /round_refusals \(round .*, unit 10002\): 1 of 1 that were sealed when it was closed are gone or altered/,
  ],
  [
    'a refusal that says another reason',
    'AU35',
    `UPDATE round_refusals SET reason = 'too-late'`,
    /unit 10002\): 1 of 1 that were sealed/,
  ],
  [
    'a refusal that is slipped in',
    'AU35',
    `INSERT INTO round_refusals SELECT '10003', round, gen_random_uuid(), reason, kind, answerer, name, account, account_name, identity, address,
    at - interval '1 hour', last_at, times FROM round_refusals`,
    /unit 10003\): 1 from before it was closed were not there/,
  ],
];
const seen = async (deed: string, told: RegExp) =>
  assert.match((await tamperer.after(() => tamperer.query(deed))).join('\n'), told);
for (const [what, , deed, told] of changes.filter(([, rule]) => rule === 'AU34'))
  test(`AU34 ${what} is named`, () => seen(deed, told));
for (const [what, , deed, told] of changes.filter(([, rule]) => rule === 'AU35'))
  test(`AU35 ${what} is named`, () => seen(deed, told));

test('AU36 what was counted when a round was closed is held against its entries, and who was asked against who is on record', async () => {
  const lost = await tamperer.after(() =>
    tamperer.query(
      `DELETE FROM round_entries WHERE unit = '10001' AND round IN (SELECT round FROM round_acts WHERE act = 'close')`,
    ),
  );
  assert.match(
    lost.join('\n'),
    /round_acts \(round .*\): 0 units were counted as absent when it was closed, and its entries say 1/,
  );
  const fewer = await tamperer.after(() => tamperer.query(`DELETE FROM briefing_expected WHERE unit = '10003'`));
  assert.match(fewer.join('\n'), /rounds \(round .*\): it says that 3 units were asked, and 2 are on record/);
});
