import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import type { FloorChange } from '../../src/domain/floor/FloorState.ts';
import { enterStage, openStage } from '../../src/domain/floor/openStages.ts';
import type { Moment } from '../../src/domain/floor/ports.ts';
import { promote, raiseHand } from '../../src/domain/floor/stageActs.ts';
import { decideOrder } from '../../src/domain/report/orders.ts';
import type { NewReport, ReportClaim } from '../../src/domain/report/ports.ts';
import { ReportMaker } from '../../src/domain/report/ReportMaker.ts';
import { type Source, tableOf, textColumn } from '../../src/domain/report/table.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { refuse } from '../../src/protocol/errors.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgFloor } from '../../src/store/postgres/floor/PgFloor.ts';
import { PgReports } from '../../src/store/postgres/report/PgReports.ts';
import { PgSessionRecords } from '../../src/store/postgres/report/PgSessionRecords.ts';
import { person } from '../support/floorPeople.ts';
import { openAsServer } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

let stores: TestStores;
let postgres: Postgres;
let store: PgReports;
let account: string;
const makers: ReportMaker[] = [];
before(async () => {
  stores = await openStores();
  postgres = await openAsServer(stores.databaseUrl);
  store = new PgReports(postgres);
  await postgres.query(`INSERT INTO units (code) VALUES ('vn')`);
  const [row] = await postgres.query<{ id: string }>(
    `INSERT INTO accounts (name, role, unit) VALUES ('Điều phối', 'moderator', 'vn') RETURNING id`,
  );
  account = row?.id ?? '';
});
beforeEach(() => postgres.query('DELETE FROM reports'));
after(async () => {
  for (const maker of makers) await maker.close();
  await postgres?.close();
  await stores?.close();
});

const order = (briefing: string = randomUUID()): NewReport => {
  const about = { kind: 'attendance', briefing } as const;
  return { about, format: 'csv', language: 'vi', account, territory: 'vn', fileName: 'tham-du.csv' };
};
const create = (wanted: NewReport) => store.create(wanted, decideOrder);
const claimed = async (): Promise<ReportClaim> => {
  const claim = await store.claim();
  assert.ok(claim);
  return claim;
};
/** As if its maker had been silent for so long. */
const silent = (id: string, seconds: number) =>
  postgres.query(`UPDATE reports SET heard_at = heard_at - make_interval(secs => $2) WHERE id = $1`, [id, seconds]);
const fileOf = async (id: string): Promise<string> => {
  const parts: Buffer[] = [];
  for (let nr = 0; ; nr++) {
    const part = await store.part(id, nr);
    if (!part) return Buffer.concat(parts).toString();
    parts.push(part);
  }
};

test('RP1 the same order is the same report until it is ready, however many ask at once; six at once are too many', async () => {
  const wanted = order();
  const reports = await Promise.all(Array.from({ length: 8 }, () => create(wanted)));
  assert.equal(new Set(reports.map(({ id }) => id)).size, 1);
  const claim = await claimed();
  assert.equal((await create(wanted)).id, claim.order.id, 'also while it is made');
  await store.finish(claim, 0);
  assert.notEqual((await create(wanted)).id, claim.order.id);
  for (let i = 0; i < 4; i++) await create(order());
  await assert.rejects(create(order()), { reason: 'busy' });
});

test('RP2 the oldest is made first, each by one', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) ids.push((await create(order())).id);
  const claims = await Promise.all(ids.map(() => store.claim()));
  assert.deepEqual(claims.map((claim) => claim?.order.id).sort(), [...ids].sort());
  assert.equal(await store.claim(), undefined);
});

test('RP2 a maker that went silent is replaced, and what it writes later is not read', async () => {
  const { id } = await create(order());
  const first = await claimed();
  assert.equal(await store.progress(first, 10, 100), true);
  await store.addPart(first, 0, Buffer.from('half'));
  await silent(id, 25);
  assert.equal(await store.claim(), undefined, 'not yet');
  await silent(id, 10);
  const second = await claimed();
  assert.deepEqual([second.order.id, second.attempt], [id, 2]);
  assert.deepEqual((await store.find(id))?.report.rows, 0);
  assert.equal(await store.progress(first, 20, 100), false);
  await store.addPart(first, 1, Buffer.from('of it'));
  await store.finish(first, 100);
  await store.fail(first, 'no');
  assert.equal((await store.find(id))?.report.state, 'running');
  assert.equal(await fileOf(id), '', 'nothing can be read before it is whole');
  await store.addPart(second, 0, Buffer.from('whole '));
  await store.addPart(second, 1, Buffer.from('file'));
  await store.finish(second, 7);
  const { report, size } = (await store.find(id)) ?? {};
  assert.deepEqual([report?.state, report?.rows, report?.total, size], ['ready', 7, 7, 10]);
  assert.equal(await fileOf(id), 'whole file');
});

test('RP2 after three tries it is given up; one that was given back does not count', async () => {
  const { id } = await create(order());
  const back = await claimed();
  await store.addPart(back, 0, Buffer.from('half'));
  await store.release(back);
  assert.equal((await store.find(id))?.report.state, 'waiting');
  assert.deepEqual(await postgres.query('SELECT FROM report_parts'), []);
  for (const attempt of [1, 2, 3]) {
    assert.equal((await claimed()).attempt, attempt);
    await store.sweep();
    await silent(id, 31);
  }
  assert.equal(await store.claim(), undefined);
  assert.equal((await store.find(id))?.report.state, 'running');
  await store.sweep();
  const { report } = (await store.find(id)) ?? {};
  assert.deepEqual([report?.state, report?.message], ['failed', 'it could not be made in 3 tries']);
});

test('RP4 after a day a report and its file are gone', async () => {
  const { id } = await create(order());
  const claim = await claimed();
  await store.addPart(claim, 0, Buffer.from('x'));
  await store.finish(claim, 1);
  await postgres.query(`UPDATE reports SET asked_at = asked_at - interval '23 h 59 min'`);
  await store.sweep();
  assert.equal(await fileOf(id), 'x');
  await postgres.query(`UPDATE reports SET asked_at = asked_at - interval '1 min'`);
  await store.sweep();
  assert.equal(await store.find(id), undefined);
  assert.deepEqual(await postgres.query('SELECT FROM report_parts'), []);
});

/** A maker whose every report has these rows. */
function makerOf(rows: () => AsyncGenerator<readonly string[]>, total = 3): ReportMaker {
  const source = (): Source<string> => ({ total, rows: rows() });
  const tables = { of: async () => tableOf('x', [textColumn<string>('Lời', 9, (words) => words)], source()) };
  const maker = new ReportMaker({ store, tables, log: createLogger('silent') });
  makers.push(maker);
  return maker;
}
const stateOf = async (id: string) => (await store.find(id))?.report.state;

test('RP2 RP3 one wake makes everything that waits, in files of as many parts as they need', async () => {
  const long = 'x'.repeat(300_000);
  const maker = makerOf(async function* () {
    yield [long];
    yield [long];
    yield ['c'];
  });
  const ids = [(await create(order())).id, (await create(order())).id];
  maker.wake();
  for (const id of ids) {
    await until('it is ready', async () => (await stateOf(id)) === 'ready');
    assert.equal(await fileOf(id), `\uFEFFLời\r\n${long}\r\n${long}\r\nc\r\n`);
    assert.equal((await store.find(id))?.report.rows, 3);
  }
  const parts = await postgres.query('SELECT FROM report_parts');
  assert.equal(parts.length, 6);
});

test('RP2 what never will be is said, what may be is tried again', async () => {
  const failures: [unknown, string, string | null][] = [
    [refuse('not-found', 'there is no such briefing'), 'failed', 'there is no such briefing'],
    [new Error('password=1'), 'failed', 'something went wrong on the server'],
    [refuse('store-unavailable', 'away'), 'running', null],
  ];
  for (const [failure, state, message] of failures) {
    const { id } = await create(order());
    // biome-ignore lint/correctness/useYield: it fails before it has anything
    const maker = makerOf(async function* () {
      throw failure;
    });
    maker.wake();
    await until('it was tried', async () => (await stateOf(id)) !== 'waiting');
    await maker.close();
    const { report } = (await store.find(id)) ?? {};
    assert.deepEqual([report?.state, report?.message], [state, message]);
  }
});

test('RP2 a node that closes gives its report back', async () => {
  const { id } = await create(order());
  const reading = Promise.withResolvers<void>();
  const maker = makerOf(async function* () {
    for (;;) {
      yield ['a'];
      reading.resolve();
    }
  });
  maker.wake();
  await reading.promise;
  await maker.close();
  assert.equal(await stateOf(id), 'waiting');
  assert.equal((await claimed()).attempt, 1);
});

test('TR18 reports of sessions read who stood where, and whose act it was to look on; of hands nothing', async () => {
  const [row] = await postgres.query<{ id: string }>(
    `INSERT INTO briefings (title, state, stage, scope, scheduled_at, opened_at, live_at, expected)
     VALUES ('Test', 'live', 'vn', '{vn.79}', now(), now(), now(), 2) RETURNING id`,
  );
  const briefing = row?.id ?? '';
  const [pm, leader] = [person(briefing, 'principal', 'vn'), person(briefing, 'moderator', 'vn.79')];
  for (const { account: of } of [pm, leader]) {
    await postgres.query('INSERT INTO units (code) VALUES ($1) ON CONFLICT DO NOTHING', [of.unit.code]);
    const values = [of.id, of.name, of.role, of.unit.code];
    await postgres.query('INSERT INTO accounts (id, name, role, unit) VALUES ($1, $2, $3, $4)', values);
  }
  const floor = new PgFloor(postgres);
  const change = (act: string, { account: { id } }: typeof pm, decide: (moment: Moment) => readonly FloorChange[]) =>
    floor.change(briefing, { act, account: id }, decide);
  const { name, path } = leader.account.unit;
  await change('stage.goLive', pm, (m) => promote(m, pm.seat));
  await change('hand.raise', leader, (m) => raiseHand(m, leader.seat));
  await change('stage.open', leader, (m) => openStage(m, { code: '79', path, name }, leader.seat));
  await change('stage.enter', pm, (m) => enterStage(m, pm.seat.identity, path));

  const paths: Record<string, string> = { vn: 'vn', 79: 'vn.79' };
  const records = new PgSessionRecords(postgres, { path: (code) => paths[code] });
  const record = await records.find(briefing);
  assert.deepEqual([record?.root, record?.scope, record?.closedAt], ['vn', ['vn.79'], null]);
  assert.deepEqual(
    record?.acts.map(({ by, changes }) => [by?.account, ...changes.map(({ kind }) => kind)]),
    [
      ['principal of vn', 'speaker'],
      ['moderator of 79', 'stage', 'main', 'hand-down', 'speaker'],
      ['principal of vn', 'entered'],
    ],
  );
  assert.deepEqual(record?.acts[2]?.by, { account: 'principal of vn', unit: 'vn', path: 'vn' });
  const last = record?.acts[2]?.at.getTime() ?? 0;
  assert.ok(Date.parse(record?.now ?? '') >= last);
  const former = await new PgSessionRecords(postgres, { path: () => undefined }).find(briefing);
  assert.equal(former?.acts[2]?.by, undefined, 'its unit is no more');
  assert.equal(await records.find(randomUUID()), undefined);
});
