import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { BatchToTake } from '../../src/domain/figure/ports.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import type { FigureSource } from '../../src/protocol/figureDefinition.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { archiveMonth, withArchive } from '../support/official/figureArchive.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
const by = { account: null, name: 'dh figures' };
/** Runs up, an hour at a time; free beds may jump, but not so far. */
const total = { ...freeBeds, code: 'total', every: 'hour', kind: 'cumulative', bounds: undefined } as const;
const jumping = { ...total, code: 'jumping', kind: 'stock', checks: { jump: { times: 10, floor: 5 } } } as const;
const source: FigureSource = { ...ministry, indicators: ['total', 'jumping'] };
/** The last hour of an archived month, and the first of the next. */
const [last, next] = ['2020-03-31T23:00:00+07:00', '2020-04-01T00:00:00+07:00'];
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const definitions = new PgFigureDefinitions(world.postgres);
  for (const indicator of [total, jumping]) await definitions.putIndicator(indicator, by);
  await definitions.putSource(source, by);
  await take([row('10001', last, '100'), row('10002', last, '100'), row('10001', last, '20', 'jumping')]);
  await archiveMonth(stores.databaseUrl, { month: '2020-03', grain: 'hour' });
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const row = (unit: string, period: string, value: string | null, indicator = 'total'): Omit<FigureRow, 'row'> => ({
  ...{ indicator, unit, period, value },
});
const take = (rows: readonly Omit<FigureRow, 'row'>[], more: Partial<BatchToTake> = {}) =>
  new PgFigureIntake(world.postgres).take(
    {
      ...{ source, rows: rows.map((one, i) => ({ ...one, row: i + 1 })), key: randomUUID(), mode: 'partial' },
      ...{ dryRun: false, reason: 'bù số liệu', bodyHash: 'b'.repeat(64), by: 'moh', ...more },
    },
    world.units.index,
  );

test('FG104 FG36 a row of an archived month is refused, whether it says what lies there, something else, or that there is none', async () => {
  for (const value of ['100', '101', null]) {
    const { accepted, unchanged, refused, errors, n } = await take([row('10001', last, value)]);
    assert.deepEqual([accepted, unchanged, refused, n], [0, 0, 1, null], `${value}`);
    const [error] = errors;
    assert.deepEqual([error?.row, error?.column, error?.reason, error?.value], [1, 'period', 'archived', last]);
  }
  const tried = await take([row('10001', last, '101')], { dryRun: true });
  assert.deepEqual([tried.refused, tried.errors[0]?.reason], [1, 'archived']);
});

test('FG104 FG5 beside one of an archived month the good rows of a partial batch are taken, and of a whole one none', async () => {
  const both = [row('10003', last, '1'), row('10003', next, '2')];
  const whole = await take(both, { mode: 'whole' });
  assert.deepEqual([whole.accepted, whole.refused], [0, 2]);
  const partial = await take(both);
  assert.deepEqual([partial.accepted, partial.refused, partial.errors[0]?.reason], [1, 1, 'archived']);
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

test('FG104 FG14 a late row of the next month is compared with what counts before it, also where that lies in an archived month', async () => {
  const fallen = await take([row('10001', next, '99')]);
  assert.deepEqual([fallen.accepted, fallen.held, fallen.doubts?.[0]?.reason], [1, 1, 'falls']);
  const grown = await take([row('10002', next, '101')]);
  assert.deepEqual([grown.accepted, grown.held], [1, 0]);
  const jumped = await take([row('10001', next, '900', 'jumping')]);
  assert.deepEqual([jumped.held, jumped.doubts?.[0]?.reason], [1, 'jump']);
  await withArchive(stores.databaseUrl, (archive) => archive.reopen('2020-03'));
  const again = await take([row('10001', next, '98')]);
  assert.deepEqual([again.held, again.doubts?.[0]?.reason], [1, 'falls'], 'and the same when it is reopened');
});
