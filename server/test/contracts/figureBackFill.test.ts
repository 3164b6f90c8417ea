import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { backFill, type FillStep, patiently } from '../../src/domain/figure/backFill.ts';
import { FigureIntake } from '../../src/domain/figure/FigureIntake.ts';
import { FILL, FILL_AGAIN } from '../../src/domain/figure/limits.ts';
import type { FigureIntakeStore } from '../../src/domain/figure/ports.ts';
import { type Reason, refuse } from '../../src/protocol/errors.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFillPace } from '../../src/store/postgres/figure/PgFillPace.ts';
import { standingCells } from '../../src/store/postgres/figure/standingCells.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

let stores: TestStores;
let world: OfficialWorld;
before(async () => {
  stores = await openStores({ world: true });
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

test('FG118 a batch reads no whole month, also where PostgreSQL reckons that this would cost less', async () => {
  // Of a table of one page it always does.
  await fill(fileOf(csv.replaceAll('2025-', '2021-')));
  const [, line = ''] = csv.replaceAll('2025-', '2021-').split('\n');
  const again = fileOf(`indicator,unit,period,value\n${line.replace(/\d+$/, '9000')}\n`);
  // What a connection has scanned, others hear of a second later.
  const one = await Postgres.create(stores.databaseUrl, () => undefined, 1);
  const scans = async (): Promise<number | undefined> => {
    await one.query('SELECT pg_stat_force_next_flush()');
    const [found] = await one.query<{ scans: number }>(
      `SELECT sum(seq_scan)::int AS scans FROM pg_stat_user_tables WHERE relname LIKE 'observations_%'`,
    );
    return found?.scans;
  };
  try {
    await one.query('ANALYZE observations');
    const before = await scans();
    const [step] = await fill(again, intake(new PgFigureIntake(one)));
    assert.equal(step?.accepted, 1);
    assert.equal(await scans(), before);
    await one.query(`SELECT FROM observations WHERE period = '2021-01-01T00:00:00+07:00'`);
    assert.notEqual(await scans(), before, 'one that reads a whole month is counted');
  } finally {
    await one.close();
  }
});

test('FG118 what else is in the transaction of a batch is planned as ever', async () => {
  const definitions = await new PgFigureDefinitions(world.postgres).load();
  const [row] = await world.postgres.transaction(async (sql) => {
    await standingCells(sql, [], definitions, { source: ministry.code });
    return sql.query<{ enable_seqscan: string }>('SHOW enable_seqscan');
  });
  assert.equal(row?.enable_seqscan, 'on');
});

test('FG110 a back-fill outlasts a database that ends its transaction, is away, or has not said what it did; each row is there once', async () => {
  const before = await recorded();
  const store = new PgFigureIntake(world.postgres);
  let asked = 0;
  const failing: FigureIntakeStore = {
    take: async (batch, tree) => {
      asked += 1;
      if (asked === 2) throw refuse('store-unavailable', 'away');
      if (asked === 4) return endedWhileItWaits(() => store.take(batch, tree));
      const answer = await store.take(batch, tree);
      if (asked === 6) throw refuse('store-unavailable', 'it was recorded, and nobody heard it');
      return answer;
    },
    tryOut: (batch, tree) => store.tryOut(batch, tree),
  };
  const pauses: number[] = [];
  const steps: FillStep[] = [];
  await backFill(fileOf(csv.replaceAll('2025-', '2022-')), intake(failing), (step) => steps.push(step), {
    step: 50,
    waiting: async (_, ms) => pauses.push(ms),
  });
  assert.deepEqual(
    steps.map(({ rows, accepted }) => [rows, accepted]),
    [50, 100, 150, 200, 250].map((rows) => [rows, rows === 150 ? 49 : 50]),
  );
  assert.deepEqual([asked, pauses], [8, Array(3).fill(FILL_AGAIN.firstMs)]);
  const after = await recorded();
  assert.deepEqual(
    [after?.rows, after?.batches, after?.n],
    [(before?.rows ?? 0) + 249, (before?.batches ?? 0) + 5, (before?.n ?? 0) + 5],
  );
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

test('FG110 a back-fill waits longer and longer for a database that stays away, and ends after a quarter of an hour; of other refusals at once', async () => {
  const pauses: number[] = [];
  const waiting = async (_: string, ms: number) => pauses.push(ms);
  const refused = (reason: Reason) =>
    patiently(async () => {
      throw refuse(reason, 'no');
    }, waiting);
  await assert.rejects(refused('conflict'), { reason: 'conflict' });
  assert.deepEqual(pauses, []);
  await assert.rejects(refused('store-unavailable'), { reason: 'store-unavailable' });
  assert.deepEqual(pauses.slice(0, 7), [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  const all = pauses.reduce((sum, ms) => sum + ms, 0);
  assert.ok(all >= FILL_AGAIN.patienceMs && all < FILL_AGAIN.patienceMs + FILL_AGAIN.longestMs);
});

/** As PostgreSQL does with what has asked nothing, or waited, for longer than its limits. */
async function endedWhileItWaits<T>(work: () => Promise<T>): Promise<T> {
  return world.postgres.transaction(async (sql) => {
    await sql.query('SELECT FROM figure_counter FOR UPDATE');
    const working = work();
    working.catch(() => undefined);
    // Not within the transaction, which would see all that happens as it was at its first look.
    await until('it waits for its place', async () => {
      const ended = await world.postgres.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return ended.length > 0;
    });
    return working;
  });
}
