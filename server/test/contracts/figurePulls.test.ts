import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FigureIntake } from '../../src/domain/figure/FigureIntake.ts';
import type { FigureDefinitions } from '../../src/domain/figure/facts.ts';
import { FigurePulls } from '../../src/domain/figure/pull/FigurePulls.ts';
import type { PullStore } from '../../src/domain/figure/pull/ports.ts';
import { askSource, type ListedAddress } from '../../src/edge/pull/askSource.ts';
import type { PullState } from '../../src/protocol/figurePull.ts';
import { pullStateSchema } from '../../src/protocol/figurePull.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigurePulls } from '../../src/store/postgres/figure/PgFigurePulls.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { SourceServer } from '../support/SourceServer.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const statistics = { ...ministry, code: 'gso', name: 'Tổng cục Thống kê', kind: 'pull' } as const;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let stores: TestStores;
let world: OfficialWorld;
let server: SourceServer;
let definitions: FigureDefinitions;
let store: PgFigurePulls;
const nodes: FigurePulls<ListedAddress>[] = [];
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const by = { account: null, name: 'dh figures' };
  const defined = new PgFigureDefinitions(world.postgres);
  await defined.putIndicator(freeBeds, by);
  await defined.putSource(statistics, by);
  await defined.putSource({ ...ministry, code: 'pushes' }, by);
  definitions = await defined.load();
  server = await SourceServer.open();
  store = new PgFigurePulls(world.postgres);
});
beforeEach(async () => {
  await Promise.all(nodes.splice(0).map((one) => one.close()));
  await world.postgres.query('DELETE FROM figure_pulls');
  server.asked.length = 0;
});
after(async () => {
  await Promise.all(nodes.map((one) => one.close()));
  await world?.close();
  await stores?.close();
  await server?.close();
});

const listed = (more: Partial<ListedAddress> = {}): ListedAddress => ({
  ...{ source: 'gso', url: new URL(server.url), type: 'text/csv', everyMs: 3_600_000, asks: 'a', mode: 'partial' },
  ...{ networks: ['127.0.0.1'], ca: server.certificate.ca, reason: 'Nguồn cập nhật', ...more },
});

/** A node that asks, with what it has told. */
async function node(one: ListedAddress = listed(), own: Partial<PullStore> = {}) {
  const told: [string, number][] = [];
  const intake = new FigureIntake({
    ...{ store: new PgFigureIntake(world.postgres), tree: () => world.units.index, committed: () => undefined },
  });
  const bound: PullStore = {
    begin: (all) => store.begin(all),
    due: (all) => store.due(all),
    claim: (of, ms) => store.claim(of, ms),
    done: (...result) => store.done(...result),
    release: (...of) => store.release(...of),
  };
  const pulls = new FigurePulls({
    ...{ listed: [one], ask: askSource, store: { ...bound, ...own }, intake, logger: silent, random: () => 1 },
    ...{ definitions: () => definitions, again: (...what) => void told.push(what), came: () => undefined },
  });
  nodes.push(pulls);
  await pulls.begin();
  return { pulls, told };
}

/** Looks, and waits until all that was asked has answered. */
async function asks({ pulls }: Awaited<ReturnType<typeof node>>): Promise<PullState> {
  await world.postgres.query('UPDATE figure_pulls SET next_at = clock_timestamp()');
  await pulls.look();
  await pulls.idle();
  return stands();
}
async function stands(): Promise<PullState> {
  return pullStateSchema.parse((await store.states(['gso'])).get('gso'));
}
const csv = (...rows: readonly string[]): string => ['indicator,unit,period,value', ...rows, ''].join('\n');
const bed = (unit: string, value: number | string): string => `beds-free,${unit},2026-08-31,${value}`;
const values = async (): Promise<(number | null)[]> =>
  (
    await world.postgres.query<{ value: number }>(
      `SELECT value::float8 FROM observations WHERE source = 'gso' AND unit = '10001' ORDER BY batch`,
    )
  ).map(({ value }) => value);

test('FG40 what a source answers is recorded as all figures are, what it says again is nothing new, and what it goes back to counts again', async () => {
  const one = await node();
  server.says(csv(bed('10001', 12), bed('10002', 40)));
  const first = await asks(one);
  assert.deepEqual(
    { ...first.asked?.came, n: 0 },
    { is: 'taken', n: 0, accepted: 2, held: 0, unchanged: 0, refused: 0 },
  );
  assert.equal(first.goodAt, first.asked?.at);
  assert.deepEqual(one.told, [['gso', 3_240_000]], 'early by a tenth, by chance');
  const again = await asks(one);
  assert.deepEqual(again.asked?.came, { is: 'taken', n: null, accepted: 0, held: 0, unchanged: 2, refused: 0 });
  for (const value of [13, 12]) {
    server.says(csv(bed('10001', value), bed('10002', 40)));
    await asks(one);
  }
  assert.deepEqual(await values(), [12, 13, 12]);
  const [batch] = await world.postgres.query(
    'SELECT source, by_name, reason FROM figure_batches ORDER BY n DESC LIMIT 1',
  );
  assert.deepEqual(batch, { source: 'gso', by_name: statistics.name, reason: 'Nguồn cập nhật' });
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

test('FG40 a source that has nothing newer says so; as long as rows of it are refused it is asked for all of them', async () => {
  const one = await node();
  const conditions = () => server.asked.at(-1)?.headers['if-none-match'];
  server.says(csv(bed('10001', 20), bed('10002', 21), bed('nowhere', 1)), { etag: '"1"' });
  const refused = await asks(one);
  assert.equal(refused.errors, 1);
  assert.deepEqual(
    (await store.errors('gso')).map(({ row, column, reason }) => [row, column, reason]),
    [[4, 'unit', 'unknown-unit']],
  );
  server.says(csv(bed('10001', 20), bed('10002', 21)), { etag: '"2"' });
  assert.equal((await asks(one)).errors, 0);
  assert.equal(conditions(), undefined);
  server.answer = (_, response) => void response.writeHead(304).end();
  const { asked, failures } = await asks(one);
  assert.deepEqual([asked?.came, failures, conditions()], [{ is: 'not-modified' }, 0, '"2"']);
  await asks(one);
  assert.equal(conditions(), '"2"', 'it holds on');
  const elsewhere = await node(listed({ asks: 'b' }));
  server.says(csv(bed('10001', 20)));
  await asks(elsewhere);
  assert.equal(conditions(), undefined, 'what one address said holds for that one alone');
});

test('FG40 FG15 what is suspicious is held, and a file that is mostly wrong is refused whole, in words', async () => {
  const one = await node();
  server.says(csv(bed('10001', 99_999), bed('10002', 22)));
  const held = (await asks(one)).asked?.came;
  assert.deepEqual(held?.is === 'taken' && [held.accepted, held.held], [2, 1]);
  server.says(csv(bed('10001', 'n/a'), bed('nowhere', 1), bed('10002', 23)));
  const state = await asks(one);
  assert.deepEqual(state.asked?.came, { is: 'taken', n: null, accepted: 0, held: 0, unchanged: 0, refused: 3 });
  assert.match((await store.errors('gso'))[0]?.say.vi ?? '', /Không phải số/);
});

test('FG40 FG64 a source that fails is asked later each time, why is told, and what it said well last stays known', async () => {
  const one = await node();
  server.says(csv(bed('10001', 30)), { etag: '"9"' });
  const { goodAt } = await asks(one);
  one.told.length = 0;
  for (const status of [500, 500, 302, 410]) {
    server.answer = (_, response) => void response.writeHead(status, { location: '/' }).end();
    await asks(one);
  }
  assert.deepEqual(
    one.told.map(([, inMs]) => inMs),
    [60_000, 120_000, 240_000, 480_000],
  );
  server.says('indicator,unit\nhalf a file');
  const state = await asks(one);
  assert.deepEqual(state.asked?.came, { is: 'failed', fault: 'malformed', status: null });
  assert.deepEqual([state.failures, state.goodAt], [5, goodAt]);
  server.says(csv(bed('10001', 30)));
  assert.equal((await asks(one)).failures, 0);
  assert.equal(server.asked.at(-1)?.headers['if-none-match'], '"9"');
});

test('FG151 what a source answered half is told as such, and nothing of it is recorded', async () => {
  const one = await node();
  const before = await values();
  const whole = csv(bed('10001', 33), bed('10002', 34));
  const half = whole.slice(0, -4);
  const type = { 'content-type': 'text/csv' };
  const packed = gzipSync(whole).subarray(0, 40);
  const answers: (typeof server.answer)[] = [
    (_, response) =>
      void response.writeHead(200, { ...type, 'content-length': '900' }).write(half, () => response.destroy()),
    (_, response) => void response.writeHead(200, type).write(half, () => response.destroy()),
    (_, response) => void response.writeHead(200, { ...type, 'content-encoding': 'gzip' }).end(packed),
    (_, response) => void response.writeHead(200, type).end(half),
  ];
  for (const [i, answer] of answers.entries()) {
    server.answer = answer;
    assert.deepEqual((await asks(one)).asked?.came, { is: 'failed', fault: 'cut-off', status: null }, `${i}`);
  }
  assert.deepEqual(await values(), before);
});

test('FG40 of several nodes one asks', async () => {
  server.says(csv(bed('10001', 50)));
  const all = await Promise.all([node(), node(), node()]);
  await Promise.all(all.map(({ pulls }) => pulls.look()));
  await Promise.all(all.map(({ pulls }) => pulls.idle()));
  for (const { pulls } of all) await pulls.look();
  assert.equal(server.asked.length, 1);
  assert.equal(all.flatMap(({ told }) => told).length, 1);
});

test('FG40 a node whose lease is over records nothing of what it was told before another asked', async () => {
  server.says(csv(bed('10001', 60)));
  const late = await node(listed(), {
    // As for one that was stopped while it read.
    claim: async (of, ms) => {
      const claimed = await store.claim(of, ms);
      await world.postgres.query(`UPDATE figure_pulls SET lease = gen_random_uuid(), leased_until = clock_timestamp()`);
      return claimed;
    },
  });
  const before = await values();
  assert.equal((await asks(late)).asked, null, 'and says nothing of it');
  assert.deepEqual(await values(), before);
  assert.equal(late.told.length, 0);
});

test('FG40 a node that ends lets go of what it asks, and the next one asks at once', async () => {
  const begun = Promise.withResolvers<void>();
  server.answer = (_, response) => {
    response
      .writeHead(200, { 'content-type': 'text/csv' })
      .write('indicator,unit,period,value\n', () => begun.resolve());
  };
  const one = await node();
  await one.pulls.look();
  await begun.promise;
  assert.equal((await stands()).asking, true);
  await one.pulls.close();
  const left = await stands();
  assert.deepEqual([left.asking, left.asked, left.failures], [false, null, 0]);
  server.says(csv(bed('10001', 70)));
  const other = await node();
  await other.pulls.look();
  await other.pulls.idle();
  assert.equal((await stands()).asked?.came.is, 'taken');
});

test('FG40 FG70 what is not listed, or brings its figures in another way, is not asked; what is listed anew is asked at once', async () => {
  server.says(csv(bed('10001', 80)));
  for (const source of ['pushes', 'nobody']) {
    const wrong = await node(listed({ source }));
    await wrong.pulls.look();
    await wrong.pulls.idle();
  }
  assert.equal(server.asked.length, 0);
  const one = await node();
  await one.pulls.look();
  await one.pulls.idle();
  await one.pulls.look();
  await one.pulls.idle();
  assert.equal(server.asked.length, 1, 'and then when it is due');
  await store.begin([{ source: 'gso', asks: 'a' }]);
  assert.deepEqual(await store.due(['gso']), [], 'begun again it goes on');
  await store.begin([{ source: 'gso', asks: 'b' }]);
  assert.deepEqual(await store.due(['gso']), ['gso']);
});
