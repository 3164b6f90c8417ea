import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { periodOf } from '../../src/domain/figure/periods.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../src/protocol/figureDefinition.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../src/store/postgres/base/Snapshot.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigurePast } from '../../src/store/postgres/figure/PgFigurePast.ts';
import { PgFigureReader } from '../../src/store/postgres/figure/PgFigureReader.ts';
import { verifyDatabase } from '../../src/store/postgres/record/verifyDatabase.ts';
import { freeBeds, keepFrame, ministry } from '../support/official/figure.ts';
import { archiveMonth, withArchive } from '../support/official/figureArchive.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { Tamperer } from '../support/official/tamper.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let owner: Postgres;
const by = { account: null, name: 'dh figures' };
const indicators: readonly Omit<Indicator, 'version'>[] = [
  { ...freeBeds, code: 'hourly', every: 'hour' },
  { ...freeBeds, code: 'daily' },
  { ...freeBeds, code: 'weekly', every: 'week' },
  { ...freeBeds, code: 'census', every: 'once' },
];
const sources: readonly FigureSource[] = ['moh', 'army'].map((code, i) => ({
  ...ministry,
  code,
  rank: i + 1,
  indicators: indicators.map((indicator) => indicator.code),
}));
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  owner = await Postgres.create(stores.databaseUrl, () => undefined, 1);
  const definitions = new PgFigureDefinitions(world.postgres);
  for (const indicator of indicators) await definitions.putIndicator(indicator, by);
  for (const source of sources) await definitions.putSource(source, by);
});
after(async () => {
  await owner?.close();
  await world?.close();
  await stores?.close();
});

const row = (indicator: string, unit: string, period: string, value: string | null): Omit<FigureRow, 'row'> => ({
  ...{ indicator, unit, period, value },
});
const take = (rows: readonly Omit<FigureRow, 'row'>[], source = 0) =>
  new PgFigureIntake(world.postgres).take(
    {
      ...{ source: sources[source] as FigureSource, rows: rows.map((one, i) => ({ ...one, row: i + 1 })) },
      ...{
        key: randomUUID(),
        mode: 'partial',
        dryRun: false,
        reason: 'bù số liệu',
        bodyHash: 'b'.repeat(64),
        by: 'moh',
      },
    },
    world.units.index,
  );
const verified = async () => {
  const snapshot = await Snapshot.create(stores.databaseUrl);
  return (await verifyDatabase(snapshot).finally(() => snapshot.close())).problems;
};
const inTable = async (): Promise<Readonly<Record<string, number>>> => {
  const rows = await world.postgres.query<{ code: string; rows: number }>(
    'SELECT indicator AS code, count(*)::int AS rows FROM observations GROUP BY 1 ORDER BY 1',
  );
  return Object.fromEntries(rows.map(({ code, rows: count }) => [code, count]));
};
const tables = async (): Promise<readonly string[]> =>
  (
    await world.postgres.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'observations'::regclass ORDER BY 1`,
    )
  ).map(({ name }) => name);

/** Everything that can be asked of the past, at every N. */
async function known(): Promise<unknown> {
  const reader = new PgFigureReader(world.postgres);
  const last = await reader.last();
  const found: unknown[] = [];
  const [from, to] = [Date.parse('1990-01-01'), Date.parse('2027-01-01')];
  for (const { code } of indicators)
    for (let n = 1; n <= last; n += 1) {
      const rows = await reader.observations(code, { from, to, until: n });
      const periods = await reader.periods(code, 100, n);
      found.push([code, n, periods, sorted(rows)]);
      found.push(sorted(await reader.observations(code, { from, to, after: n - 1, until: n })));
      found.push(sorted(await reader.ofUnit(code, '10001', periods, n)));
      const past = new PgFigurePast(world.postgres);
      found.push(sorted(await past.lastSaid([code], { from, to, after: n, until: last }, ['10001', '10002'])));
    }
  return found;
}
const sorted = (rows: readonly object[]) => rows.map((one) => JSON.stringify(one, Object.keys(one).sort())).sort();

test('FG53 a period of any month has its table, made by the role of the server; other months, and other tables, it makes none', async () => {
  const before = await tables();
  const answer = await take([row('daily', '10001', '1950-02-28', '1'), row('daily', '10001', '1900-01-01', '2')]);
  assert.equal(answer.accepted, 2);
  const made = (await tables()).filter((name) => !before.includes(name));
  assert.deepEqual(made, ['observations_1900_01', 'observations_1950_02']);
  const [lies] = await world.postgres.query<{ at: string }>(
    `SELECT tableoid::regclass::text AS at FROM observations WHERE period = '1950-02-27T17:00Z'`,
  );
  assert.equal(lies?.at, 'observations_1950_02', 'by the clock in Viet Nam');
  for (const moment of ['1890-01-01', '2200-01-01'])
    await assert.rejects(world.postgres.query('SELECT figure_month($1)', [moment]), /no figures are kept of/);
  const all = await tables();
  await assert.rejects(
    world.postgres.transaction(async (sql) => {
      await sql.query(`SELECT figure_month('1951-05-05')`);
      throw new Error('the batch was refused after all');
    }),
    /after all/,
  );
  assert.deepEqual(await tables(), all);
  assert.deepEqual(await verified(), []);
});

test('FG36 what leaves of a month are the rows of one grain; all that was known stays known at every N, and verifies', async () => {
  const day = '2020-03-05';
  const hour = `${day}T08:00:00+07:00`;
  await take([row('hourly', '10001', hour, '5'), row('daily', '10001', day, '7'), row('weekly', '10001', day, '9')]);
  await take([
    row('hourly', '10001', hour, '6'),
    row('hourly', '10002', hour, null),
    row('daily', '10002', '2026-03-05', '7'),
  ]);
  await take([row('hourly', '10001', hour, '8'), row('census', '10001', day, '3')], 1);
  await keepFrame(world.postgres, 'daily', day);
  const before = await known();
  const rows = await inTable();
  const files = new Map<string, string>();
  const archived = await archiveMonth(stores.databaseUrl, { month: '2020-03', grain: 'hour' }, files);
  assert.deepEqual(archived, { month: '2020-03', grain: 'hour', file: 'figures-2020-03-hour.csv.gz', rows: 4 });
  assert.deepEqual(await inTable(), without(rows, 'hourly'));
  assert.deepEqual(await known(), before);
  assert.deepEqual(await verified(), []);
  const [head, first, ...others] = (files.get(archived.file) ?? '').trimEnd().split('\n');
  assert.equal(head, 'indicator,period,unit,source,revision,batch,value,status,held,seen');
  assert.match(first ?? '', /^hourly,2020-03-05T01:00:00\.000Z,10001,army,1,\d+,8,A,false,$/);
  assert.equal(others.length, 3);
  for (const grain of ['day', 'rest'] as const) await archiveMonth(stores.databaseUrl, { month: '2020-03', grain });
  assert.deepEqual(await known(), before);
  assert.deepEqual(await verified(), []);
});
const without = (rows: Readonly<Record<string, number>>, code: string) =>
  Object.fromEntries(Object.entries(rows).filter(([name]) => name !== code));

test('FG36 rows of an archived month are refused in words, of its grain alone, until an operator has reopened it', async () => {
  const late = () => take([row('hourly', '10003', '2020-03-31T23:00:00+07:00', '1')]);
  const refused = await late();
  assert.deepEqual([refused.accepted, refused.errors[0]?.reason], [0, 'archived']);
  assert.match(refused.errors[0]?.say.vi ?? '', /lưu trữ/);
  assert.equal((await take([row('hourly', '10003', '2020-04-01T00:00:00+07:00', '1')])).accepted, 1, 'the next month');
  const before = await known();
  const reopened = await withArchive(stores.databaseUrl, (archive) => archive.reopen('2020-03'));
  assert.deepEqual(
    reopened.map(({ grain, rows }) => [grain, rows]),
    [
      ['day', 1],
      ['hour', 4],
      ['rest', 1],
    ],
  );
  assert.deepEqual(await known(), before);
  assert.deepEqual(await verified(), []);
  assert.equal((await late()).accepted, 1);
  const again = await archiveMonth(stores.databaseUrl, { month: '2020-03', grain: 'hour' });
  assert.deepEqual([again.rows, again.file], [5, 'figures-2020-03-hour-2.csv.gz']);
  assert.deepEqual(await verified(), []);
});

test('FG36 due is what was kept for long enough, and of which nothing waits to be decided', async () => {
  const due = () => withArchive(stores.databaseUrl, (archive) => archive.due());
  const now = new Date();
  const month = (ago: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 10)).toISOString().slice(0, 10);
  await take([...[5, 27, 62].flatMap((ago) => indicators.map(({ code }) => row(code, '10001', month(ago), '1')))]);
  const found = (await due()).map((of) => `${of.month} ${of.grain}`);
  const expected = [
    ...['1900-01 day', '1950-02 day', '2020-03 day', '2020-03 rest', '2020-04 hour'],
    ...[`${month(62).slice(0, 7)} hour`, `${month(62).slice(0, 7)} day`, `${month(62).slice(0, 7)} rest`],
    ...[`${month(27).slice(0, 7)} hour`, `${month(27).slice(0, 7)} day`, `${month(5).slice(0, 7)} hour`],
  ];
  assert.deepEqual(found.filter((of) => expected.includes(of)).sort(), expected.sort());
  assert.deepEqual(
    found.filter((of) => !expected.includes(of)),
    [],
  );
  await take([row('hourly', '10002', `${month(5)}T08:00:00+07:00`, '99999')]);
  assert.ok(
    !(await due()).some((of) => of.month === month(5).slice(0, 7)),
    'a held value is still shown to whoever decides',
  );
});

test('FG36 what is said of the month while it is packed is in what leaves, or nothing leaves', async () => {
  const day = '2019-06-10';
  await take([row('daily', '10001', day, '1')]);
  const meanwhile = withArchive(stores.databaseUrl, (archive) =>
    archive.archive({ month: '2019-06', grain: 'day' }, async (_, text) => {
      for await (const _part of text);
      await take([row('daily', '10002', day, '2'), row('weekly', '10002', day, '3')]);
      return 'f'.repeat(64);
    }),
  );
  await assert.rejects(meanwhile, /something was said of 2019-06 meanwhile/);
  assert.deepEqual(await verified(), []);
  const staying = withArchive(stores.databaseUrl, (archive) =>
    archive.archive({ month: '2019-06', grain: 'day' }, async (_, text) => {
      for await (const _part of text);
      await take([row('weekly', '10003', day, '4')]);
      return 'f'.repeat(64);
    }),
  );
  assert.equal((await staying).rows, 2);
  assert.deepEqual(await verified(), []);
  const [weekly] = await world.postgres.query<{ rows: number }>(
    `SELECT count(*)::int AS rows FROM observations WHERE indicator = 'weekly' AND period = $1`,
    [new Date(periodOf('week', Date.parse(day))).toISOString()],
  );
  assert.equal(weekly?.rows, 2);
});

test('FG36 whoever reads the record as of one moment is waited for, and reads it whole', async () => {
  await take([row('daily', '10001', '2018-06-10', '1'), row('weekly', '10001', '2018-06-10', '1')]);
  const snapshot = await Snapshot.create(stores.databaseUrl);
  let isDone = false;
  const archived = archiveMonth(stores.databaseUrl, { month: '2018-06', grain: 'day' }).finally(() => {
    isDone = true;
  });
  const { problems } = await verifyDatabase(snapshot).finally(() => snapshot.close());
  assert.deepEqual([problems, isDone], [[], false]);
  await archived;
  assert.deepEqual(await verified(), []);
});

test('AU4 a row that is slipped into a month of which its batch does not speak is noticed', async () => {
  const tamperer = await Tamperer.create(stores.databaseUrl);
  const slip = () =>
    tamperer.query(
      `INSERT INTO observations (period, batch, value, revision, held, indicator, unit, source, status)
       SELECT '2026-03-20T17:00Z', batch, 1, 1, false, indicator, unit, source, 'A' FROM observations WHERE indicator = 'weekly' LIMIT 1`,
    );
  const problems = await tamperer.after(slip).finally(() => tamperer.close());
  assert.match(problems.join('\n'), /rows of observations are not those that figure_batches \(.*\) vouches for/);
});

test('AU14 the role of the server takes no month out, and changes nothing of one', async (t) => {
  const [me] = await world.postgres.query<{ owns: boolean }>(
    `SELECT pg_has_role(relowner, 'MEMBER') AS owns FROM pg_class WHERE relname = 'observations'`,
  );
  if (me?.owns) return t.skip('SKIPPED: the tests were given one role');
  for (const statement of [
    'DELETE FROM observations_2019_06',
    'TRUNCATE observations_2019_06',
    'DROP TABLE observations_2019_06',
    'ALTER TABLE observations DETACH PARTITION observations_2019_06',
    'DELETE FROM figure_packs',
    `UPDATE figure_packs SET vals = '1'`,
  ])
    await assert.rejects(world.postgres.query(statement), /permission denied|must be owner/);
  for (const statement of ['DELETE FROM observations_2019_06', 'TRUNCATE observations_2019_06'])
    await assert.rejects(owner.query(statement), /are a record/);
});
