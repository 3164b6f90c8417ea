import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../test/support/FigureMemory.ts';
import { atOnce } from '../../lib/slices.ts';
import { keptCells } from './change/againstOf.ts';
import { frameOf } from './frameOf.ts';
import { keepingFrame, keptFrame } from './kept/keptFrame.ts';
import { LiveFigures } from './LiveFigures.ts';
import { periodOf } from './periods.ts';

const day = periodOf('day', Date.parse('2026-11-26T03:00:00Z'));
const clock = { now: () => new Date('2026-11-26T05:00:00Z') };

test('FG123 a frame says what stood at its N, also where the board goes on while it is written', async () => {
  const store = new FigureMemory();
  const { indicator } = store;
  const units = ['vn', 'vn.1', 'vn.1.11', 'vn.1.12'].map((path) => ({ code: path.split('.').at(-1) ?? '', path }));
  store.record(day, { 11: 12, 12: 30 });
  const live = new LiveFigures({ store, units: () => units, clock });
  await live.reload();
  const { layout, definitions, n } = live;
  const ask = { indicator, period: day, n, at: live.now() };
  const cells = await live.lookAt(ask, (now) => keptCells(now, layout, 0));
  const writing = frameOf({ layout, definitions }, { ...ask, root: 0 }, cells);
  assert.equal(writing.next().done, false, 'others have their turn before it is written');
  await live.hint({ n: store.record(day, { 11: 99 }) });
  assert.equal(live.cellsNow(indicator, day).part(layout.placeOf('11') ?? -1).value, 99);
  const frame = atOnce(writing);
  assert.deepEqual([frame.n, frame.values, frame.upper.map(({ value }) => value)], [n, [12, 30], [42, 42]]);
});

test('FG123 what is kept of a country is gathered with a stop for each thousand of its rows', () => {
  const rows = Array.from({ length: 3_000 }, (_, i) => ({
    ...{ indicator: 'beds', period: day, unit: `c${i}`, source: 'ministry', revision: 1, batch: 1, value: i },
    ...({ status: 'A', held: false, seen: null } as const),
  }));
  const keeping = keepingFrame({ indicator: 'beds', period: day }, rows, []);
  let stops = 0;
  let step = keeping.next();
  for (; !step.done; step = keeping.next()) stops += 1;
  assert.ok(stops >= 3, `${stops} stops`);
  assert.deepEqual(step.value, keptFrame({ indicator: 'beds', period: day }, rows, []));
  assert.deepEqual(step.value.units, rows.map(({ unit }) => unit).sort());
});
