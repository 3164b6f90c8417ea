import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../test/support/FigureMemory.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import { periodsKept } from './carriedOver.ts';
import { LiveFigures } from './LiveFigures.ts';
import { MOST_PERIODS_KEPT, SHEETS_KEPT } from './limits.ts';
import { periodAfter, periodOf } from './periods.ts';
import { periodsComing } from './shown/shownPeriod.ts';

const units = ['vn', 'vn.11', 'vn.12'].map((path) => ({ code: path.split('.').at(-1) ?? '', path }));
const today = periodOf('day', Date.parse('2026-11-26T03:00:00Z'));
const ago = (days: number) => periodAfter('day', today, -days);

test('FG19 FG11 FG140 the periods that may be shown and the one before are looked at on the board, by as many periods as the record is read for', async () => {
  const store = new FigureMemory();
  /** A value of it would stand for longer than is looked back. */
  const beds: Indicator = { ...store.indicator, staleSeconds: 30 * 86_400, version: 2 };
  store.define({ indicators: [beds] });
  const live = new LiveFigures({ store, units: () => units, clock: { now: () => new Date(today) } });
  store.record(ago(SHEETS_KEPT), { 12: 7 });
  for (let days = SHEETS_KEPT - 1; days >= 0; days -= 1) store.record(ago(days), { 11: days });
  await live.reload();
  store.read.length = 0;
  const valuesOf = async (period: number) => {
    const cells = await live.cellsAt(beds, period, live.n, today);
    return [cells.part(1).value, cells.part(2).value];
  };
  assert.deepEqual(
    [await valuesOf(today), await valuesOf(ago(1))],
    [
      [0, null],
      [1, 7],
    ],
  );
  const last = periodsComing(beds) + 1;
  assert.deepEqual(await valuesOf(ago(last)), [last, 7]);
  assert.deepEqual(store.read, [], 'none was read');
  await valuesOf(ago(last + 1));
  assert.equal(store.read.length, 1);
});

test('FG212 whatever its definition says, a node keeps no more periods of a figure in memory', () => {
  let most = 0;
  for (const kind of ['stock', 'flow', 'cumulative'] as const)
    for (const every of ['5min', 'hour', 'day', 'week', 'month', 'once'] as const)
      for (const seconds of [0, 900, 86_400, 366 * 86_400, 1e10]) {
        const due: Indicator = {
          ...new FigureMemory().indicator,
          kind,
          every,
          dueSeconds: seconds,
          staleSeconds: 1e10,
        };
        most = Math.max(most, periodsKept(due), periodsKept({ ...due, staleSeconds: 0 }));
      }
  assert.equal(most, MOST_PERIODS_KEPT);
});
