import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import type { Observation } from './facts.ts';
import { LiveFigures } from './LiveFigures.ts';
import { periodOf } from './periods.ts';
import type { FigureNews, FigureReader, FigureSpan } from './ports.ts';

const two = (text: string) => ({ vi: text, en: text });
const water: Indicator = {
  ...{ code: 'water', name: two('Nước'), unit: two('cm'), scale: 0, kind: 'stock', every: '5min', up: 'max' },
  ...{ dueSeconds: 300, staleSeconds: 900, mayStage: true, simulated: false, version: 1 },
};
const FIVE_MS = 5 * 60_000;
const last = periodOf('5min', Date.parse('2026-11-26T10:00:00Z'));

test('FG4 a node takes over a back-fill of any length, and reads of it what its boards keep', async () => {
  let n = 0;
  const news: FigureNews[] = [];
  const asked: FigureSpan[] = [];
  const row = (batch: number): Observation => ({
    ...{ indicator: 'water', period: last, unit: 'vn', source: 'gauges', revision: 1, batch, value: 7 },
    ...{ status: 'A', held: false, seen: null },
  });
  const store = {
    successions: async () => [],
    last: async () => n,
    load: async () => ({ indicators: new Map([['water', water]]), sources: new Map(), n }),
    since: async (after: number) => news.filter((each) => each.n > after),
    periods: async () => [],
    acts: async () => [],
    observations: async (_: string, span: FigureSpan) => {
      asked.push(span);
      return [row(span.until)];
    },
  } as unknown as FigureReader;
  const units = () => [{ code: 'vn', path: 'vn' }];
  const live = new LiveFigures({ store, units, clock: { now: () => new Date(last) } });
  await live.reload();
  for (let batch = 4; batch >= 1; batch -= 1) {
    n += 1;
    const first = last - (batch * 50_000 - 1) * FIVE_MS;
    const water = Array.from({ length: 50_000 }, (_, i) => new Date(first + i * FIVE_MS).toISOString());
    news.push({ n, at: last, touches: { water } });
  }
  await live.sweep();
  assert.equal(live.n, 4);
  assert.equal(live.newest(water)?.period, last);
  const [span, ...more] = asked;
  assert.deepEqual([span?.to, more.length], [last, 0]);
  assert.ok((span?.from ?? 0) > last - 20 * FIVE_MS, 'it reads years for a few periods');
});
