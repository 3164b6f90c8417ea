import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { backFill, type FillStep } from '../../src/domain/figure/backFill.ts';
import { FigureIntake } from '../../src/domain/figure/FigureIntake.ts';
import { FILL } from '../../src/domain/figure/limits.ts';
import type { FigureIntakeStore } from '../../src/domain/figure/ports.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFillPace } from '../../src/store/postgres/figure/PgFillPace.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
before(async () => {
  stores = await openStores();
  world = await OfficialWorld.create(stores.databaseUrl);
  const definitions = new PgFigureDefinitions(world.postgres);
  await definitions.putIndicator(freeBeds, { account: null, name: 'dh figures' });
  await definitions.putSource(ministry, { account: null, name: 'dh figures' });
});
after(async () => {
  await world?.close();
  await stores?.close();
});

/** 250 days of one unit, one of which is no number. */
const csv = `indicator,unit,period,value\n${Array.from({ length: 250 }, (_, i) => {
  const day = new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
  return `beds-free,10001,${day},${i === 120 ? 'n/a' : i}\n`;
}).join('')}`;
const fileOf = (...texts: readonly string[]) => {
  const left = [...texts];
  async function* bytes(): AsyncGenerator<Buffer> {
    const whole = Buffer.from(left.shift() ?? texts.at(-1) ?? '');
    for (let at = 0; at < whole.length; at += 1_000) yield whole.subarray(at, at + 1_000);
  }
  return { bytes, type: 'text/csv', source: ministry, reason: 'bù số liệu', dryRun: false } as const;
};
const intake = (store: FigureIntakeStore = new PgFigureIntake(world.postgres)) =>
  new FigureIntake({ store, tree: () => world.units.index, committed: () => undefined });
const fill = async (
  file: ReturnType<typeof fileOf>,
  into = intake(),
  pace: (tookMs: number) => Promise<void> = async () => undefined,
): Promise<FillStep[]> => {
  const steps: FillStep[] = [];
  await backFill(file, into, (step) => steps.push(step), { step: 50, pace });
  return steps;
};
const recorded = async () => {
  const [found] = await world.postgres.query<{ rows: number; batches: number; n: number }>(
    `SELECT (SELECT count(*)::int FROM observations) AS rows, (SELECT count(*)::int FROM figure_batches) AS batches, n::int
     FROM figure_counter`,
  );
  return found;
};

test('FG44 of a file that is cut off, or changes while it is read, no batch is recorded that was not checked', async () => {
  const before = await recorded();
  await assert.rejects(fill(fileOf(csv.slice(0, -20))), { reason: 'bad-request' });
  await assert.rejects(fill(fileOf('indicator,unit,period,value\n')), { reason: 'bad-request' });
  assert.deepEqual(await recorded(), before);
  const other = csv.replace(',249\n', ',77\n');
  await assert.rejects(fill(fileOf(csv, other)), { reason: 'conflict' });
  assert.equal((await recorded())?.rows, 199, 'all but the last batch, which would have been another one');
});

test('FG44 a back-fill that was stopped goes on where it was, and its batches are there once', async () => {
  let taken = 0;
  const store = new PgFigureIntake(world.postgres);
  const stopped: FigureIntakeStore = {
    take: async (batch, tree) => {
      if (taken === 3) throw new Error('the power is out');
      taken += 1;
      return store.take(batch, tree);
    },
    tryOut: (batch, tree) => store.tryOut(batch, tree),
  };
  const later = csv.replaceAll('2025-', '2024-');
  const before = await recorded();
  await assert.rejects(fill(fileOf(later), intake(stopped)), /the power is out/);
  const steps = await fill(fileOf(later));
  assert.deepEqual(
    steps.map(({ rows, of, accepted, refused }) => [rows, of, accepted, refused]),
    [
      [50, 250, 50, 0],
      [100, 250, 50, 0],
      [150, 250, 49, 1],
      [200, 250, 50, 0],
      [250, 250, 50, 0],
    ],
  );
  const after = await recorded();
  assert.deepEqual(after, {
    rows: (before?.rows ?? 0) + 249,
    batches: (before?.batches ?? 0) + 5,
    n: (before?.n ?? 0) + 5,
  });
  assert.deepEqual(await fill(fileOf(later)), steps);
  assert.deepEqual(await recorded(), after);
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

test('FG54 a back-fill rests while something is recorded in a briefing that goes on, and at no other time', async () => {
  const pace = new PgFillPace(world.postgres);
  assert.equal(await pace.rest(100), 0);
  const id = await world.liveBriefing();
  assert.equal(await pace.isBusy(), true);
  assert.equal(await pace.rest(20), 20 * FILL.rest);
  await world.briefings.advance({ id, epoch: 3, act: 'close', account: world.pm.id });
  assert.equal(await pace.isBusy(), false);
  const rested: number[] = [];
  const steps = await fill(
    fileOf(csv.replaceAll('2025-', '2023-')),
    intake(),
    async (tookMs) => void rested.push(tookMs),
  );
  assert.equal(rested.length, steps.length - 1, 'between two batches');
});

test('FG53 FG54 a file of a hundred years comes in by batches of few months each', async () => {
  const text = Array.from(
    { length: 500 },
    (_, i) => `beds-free,10002,${1950 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01,${i}\n`,
  );
  const steps: FillStep[] = [];
  await backFill(fileOf(`indicator,unit,period,value\n${text.join('')}`), intake(), (step) => steps.push(step));
  assert.deepEqual(
    steps.map(({ rows, accepted }) => [rows, accepted]),
    [120, 240, 360, 480, 500].map((rows, i) => [rows, i === 4 ? 20 : 120]),
  );
});
