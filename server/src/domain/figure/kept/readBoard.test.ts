import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameMemory } from '../../../../test/support/FrameMemory.ts';
import { freeBeds, ministry } from '../../../../test/support/official/figure.ts';
import { randomOf } from '../../../../test/support/randomOf.ts';
import type { FigureActKind } from '../../../protocol/figureAct.ts';
import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import type { ActedValue } from '../act/revisions.ts';
import { cellsOf } from '../Cells.ts';
import { FigureBoard } from '../FigureBoard.ts';
import { FigureLayout } from '../FigureLayout.ts';
import type { Observation } from '../facts.ts';
import { formerCells } from '../former/formerCells.ts';
import { periodAfter, periodOf } from '../periods.ts';
import type { FigureNews, FigureReader, FigureSpan } from '../ports.ts';
import { keptFrame } from './keptFrame.ts';
import { readBoard } from './readBoard.ts';

const indicator: Indicator = { ...freeBeds, every: 'day', staleSeconds: 86_400, version: 1 };
const { code, every } = indicator;
const today = periodOf('day', Date.parse('2026-11-26T03:00:00Z'));
const days = [-3, -2, -1, 0].map((steps) => periodAfter(every, today, steps));
const laid = ['vn', 'vn.1', 'vn.1.11', 'vn.1.12', 'vn.2', 'vn.2.21'];
const units = laid.map((path) => ({ code: path.split('.').at(-1) ?? '', path }));
/** 12 took the place of `old`, which is closed; of `gone` nobody knows who did. */
const layout = new FigureLayout(units, [{ unit: 'old', successor: '12', share: 1, closed: days[2] ?? 0, began: 0 }]);
const said = ['11', '12', '21', 'old', 'gone'];
const sourcesBy = (ranks: readonly number[]): ReadonlyMap<string, FigureSource> =>
  new Map(ranks.map((rank, i) => [`s${i}`, { ...ministry, code: `s${i}`, rank }]));

type Pick1 = (most: number) => number;

/** Some batches and acts, as they might have come: late, corrected, held, contested, of several sources. */
function world(pick: Pick1) {
  const rows: Observation[] = [];
  const acts: ActedValue[] = [];
  const news: FigureNews[] = [];
  const last = 4 + pick(8);
  for (let n = 1; n <= last; n += 1) {
    const touched = new Set<number>();
    if (rows.length > 0 && pick(3) === 0) {
      const { unit, source, revision, period } = rows[pick(rows.length)] as Observation;
      const kinds: FigureActKind[] = ['release', 'reject', 'contest', 'answer', 'withdraw'];
      acts.push({ indicator: code, unit, source, revision, period, n, act: kinds[pick(5)] as FigureActKind });
      touched.add(period);
    } else
      for (const period of days.filter(() => pick(2) === 0))
        for (const unit of said.filter(() => pick(2) === 0)) {
          const source = `s${n % 3}`;
          const revision = rows.filter((r) => r.unit === unit && r.period === period && r.source === source).length + 1;
          const value = pick(6) === 0 ? null : pick(4);
          const status = value === null ? 'O' : 'A';
          const held = pick(4) === 0;
          rows.push({ indicator: code, period, unit, source, revision, batch: n, value, status, held, seen: null });
          touched.add(period);
        }
    news.push({ n, at: 0, touches: { [code]: [...touched].map((period) => new Date(period).toISOString()) } });
  }
  const inside = ({ from, to, after = 0, until }: FigureSpan, period: number, n: number) =>
    period >= from && period <= to && n > after && n <= until;
  let read = 0;
  const store = {
    since: async () => news,
    observations: async (_: string, span: FigureSpan) => {
      const found = rows.filter(({ period, batch }) => inside(span, period, batch));
      read += found.length;
      return found;
    },
    acts: async (_: string, span: FigureSpan) => acts.filter(({ period, n }) => inside(span, period, n)),
  } as unknown as FigureReader;
  return { rows, acts, last, store, read: () => read };
}

/** All that is seen of a board, and all that a later word or act depends on. */
function seenOf(board: FigureBoard): unknown {
  const cells = cellsOf(indicator, board.sheets, layout.size, today, today);
  const merged = formerCells(cells, { layout, up: 'sum', period: today, shift: 0 });
  const places = Array.from({ length: layout.cells }, (_, i) => i);
  return {
    n: board.n,
    sheets: [...board.sheets]
      .toSorted(([a], [b]) => a - b)
      .map(([period, sheet]) => [
        period,
        places.map((place) => [sheet.values[place], sheet.marks[place], sheet.said(place).map(wordsOf)]),
      ]),
    parts: units.map((_, place) => merged.part(place)),
  };
}
const wordsOf = ({ source, revisions }: { source: string; revisions: readonly unknown[] }) => [source, revisions];

test('FG50 FG19 a frame and what came after it is what a replay of everything says, in three thousand worlds', async () => {
  const span = { from: days[0] ?? 0, to: today };
  let framed = 0;
  let fewer = 0;
  for (let seed = 0; seed < 3_000; seed += 1) {
    const random = randomOf(seed);
    const pick: Pick1 = (most) => Math.floor(random() * most);
    const { rows, acts, last, store, read } = world(pick);
    const frames = new FrameMemory(store);
    for (let i = pick(8); i > 0; i -= 1) {
      const [period, until] = [days[pick(4)] ?? 0, 1 + pick(last)];
      const of = (n: number, at: number) => n <= until && at === period;
      const frame = keptFrame(
        { indicator: code, period },
        rows.filter((row) => of(row.batch, row.period)),
        acts.filter((act) => of(act.n, act.period)),
      );
      if (frame.units.length > 0) await frames.keep(async () => [JSON.parse(JSON.stringify(frame))]);
    }
    framed += frames.kept.length;
    // Ranks may be others than when the frames were made.
    const sources = sourcesBy([1 + pick(3), 1 + pick(3), 1 + pick(3)]);
    const until = 1 + pick(last);
    const full = new FigureBoard(indicator, layout, sources);
    const known = rows.filter(({ batch }) => batch <= until);
    full.apply(
      known,
      acts.filter(({ n }) => n <= until),
    );
    const board = await readBoard(indicator, { ...span, until }, { store, frames, layout, sources });
    assert.deepEqual(seenOf(board), seenOf(full), `seed ${seed}, as of ${until}`);
    if (read() < known.length) fewer += 1;
    for (const one of [board, full])
      one.apply(
        rows.filter(({ batch }) => batch > until),
        acts.filter(({ n }) => n > until),
      );
    assert.deepEqual(seenOf(board), seenOf(full), `seed ${seed}, and what came after ${until}`);
  }
  assert.ok(framed > 5_000 && fewer > 1_000, `${framed} frames, ${fewer} readings were shorter`);
});

test('FG50 of a period that nobody has said anything more of since its frame no row is read', async () => {
  const random = randomOf(1);
  const { rows, acts, last, store, read } = world((most) => Math.floor(random() * most));
  const frames = new FrameMemory(store);
  for (const period of new Set(rows.map((row) => row.period)))
    await frames.keep(async () => [
      keptFrame(
        { indicator: code, period },
        rows.filter((row) => row.period === period),
        acts.filter((act) => act.period === period),
      ),
    ]);
  const span = { from: days[0] ?? 0, to: today, until: last };
  await readBoard(indicator, span, { store, frames, layout, sources: sourcesBy([1, 2, 3]) });
  assert.equal(read(), 0);
});
