import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../protocol/errors.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import type { FigureFrame } from '../../protocol/figureFrame.ts';
import type { Account, Role } from '../../protocol/organisation.ts';
import { FigureCards } from './FigureCards.ts';
import { FigureService } from './FigureService.ts';
import type { Observation } from './facts.ts';
import { LiveFigures } from './LiveFigures.ts';
import { FRAMES_OF_ONE, FRAMES_READ } from './limits.ts';
import { periodOf } from './periods.ts';
import type { FigureReader } from './ports.ts';

const two = (text: string) => ({ vi: text, en: text });
const beds: Indicator = {
  ...{ code: 'beds', name: two('Giường'), unit: two('giường'), scale: 0, kind: 'stock', every: 'day', up: 'sum' },
  ...{ dueSeconds: 7_200, staleSeconds: 172_800, mayStage: true, simulated: false, version: 1 },
};
const all: Indicator = { ...beds, code: 'all' };
const share: Indicator = { ...beds, code: 'share', up: 'ratio', scale: 2, numerator: 'beds', denominator: 'all' };
const icu: Indicator = { ...beds, code: 'icu', reporters: ['12'] };
const stock: Indicator = { ...beds, code: 'stock', seenBy: 1 };
const bulletin: Indicator = { ...beds, code: 'bulletin', up: 'none' };
const indicators = new Map([beds, all, share, icu, stock, bulletin].map((each) => [each.code, each]));
const today = periodOf('day', Date.parse('2026-11-26T03:00:00Z'));
const DAY_MS = 86_400_000;
const units = ['vn', 'vn.1', 'vn.1.11', 'vn.1.12'].map((path) => ({ code: path.split('.').at(-1) ?? '', path }));
const person = (id: string, role: Role, path: string) => ({ id, role, unit: { path } }) as Account;
const leader = person('leader', 'moderator', 'vn');

/** A node, with what is on record in memory, and what was asked of it. */
async function world() {
  const rows: Observation[] = [];
  const asked: string[] = [];
  let n = 0;
  let held: (() => void)[] | undefined;
  /** Until it is let go on. */
  const read = async (what: string, found: () => readonly Observation[]) => {
    asked.push(what);
    const snapshot = found();
    if (held) await new Promise<void>((resolve) => held?.push(resolve));
    return snapshot;
  };
  const store = {
    last: async () => n,
    successions: async () => [],
    timeOf: async () => today + 36_000_000,
    load: async () => ({ indicators, sources: new Map(), n }),
    since: async (after: number) =>
      [...Map.groupBy(rows, ({ batch }) => batch)].flatMap(([batch, said]) =>
        batch > after
          ? [
              {
                n: batch,
                touches: { [said[0]?.indicator ?? '']: said.map((row) => new Date(row.period).toISOString()) },
              },
            ]
          : [],
      ),
    periods: async (code: string) => {
      const found = new Set(rows.filter((row) => row.indicator === code).map(({ period }) => period));
      return [...found].sort((a, b) => b - a);
    },
    observations: (code: string, { from, to, after = 0, until }: Parameters<FigureReader['observations']>[1]) =>
      read(`all of ${code}`, () =>
        rows.filter((row) => {
          const isThen = row.period >= from && row.period <= to;
          return row.indicator === code && isThen && row.batch > after && row.batch <= until;
        }),
      ),
    acts: async () => [],
    ofUnit: (code: string, unit: string, periods: readonly number[], until: number) =>
      read(`${code} of ${unit}`, () =>
        rows.filter((row) => {
          const isIt = row.indicator === code && row.unit === unit;
          return isIt && periods.includes(row.period) && row.batch <= until;
        }),
      ),
  } as unknown as FigureReader;
  const live = new LiveFigures({ store, units: () => units, clock: { now: () => new Date(today + 36_000_000) } });
  await live.reload();
  const tree = () => ({ find: (code: string) => units.find((unit) => unit.code === code) });
  const figures = new FigureService({ live, cards: new FigureCards(live), store, tree });
  const record = (indicator: string, period: number, values: Readonly<Record<string, number>>) => {
    n += 1;
    for (const [unit, value] of Object.entries(values))
      rows.push({
        ...{
          indicator,
          period,
          unit,
          source: 'moh',
          revision: n,
          batch: n,
          value,
          status: 'A',
          held: false,
          seen: null,
        },
      });
  };
  const frame = (account: Account, period: number, more: { n?: number; root?: string; indicator?: string } = {}) => {
    const ask = { indicator: 'beds', n: live.n, root: 'vn', period: new Date(period).toISOString(), ...more };
    return figures.frame(account, ask).then((bytes): FigureFrame => JSON.parse(String(bytes)));
  };
  const hold = () => {
    held = [];
    const letGo = () => {
      for (const goOn of held?.splice(0) ?? []) goOn();
    };
    return { held, letGo };
  };
  return { live, figures, asked, record, frame, hold };
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('FG90 who is not listed as reporting is in no sum, no coverage and no frame', async () => {
  const { live, record, frame } = await world();
  record('icu', today, { 11: 4, 12: 9 });
  await live.sweep();
  const { units: of, values, states, upper } = await frame(leader, today, { indicator: 'icu' });
  assert.deepEqual([of, values, states], [['vn.1.12'], [9], 'f']);
  assert.deepEqual(
    upper.map(({ unit, value, coverage }) => [unit, value, coverage.expected, coverage.fresh]),
    [
      ['vn', 9, 1, 1],
      ['1', 9, 1, 1],
    ],
  );
  assert.deepEqual(
    [live.isReporting(icu, '11'), live.isReporting(icu, '12'), live.isReporting(beds, '11')],
    [false, true, true],
  );
});

test('FG128 a frame says of which period before what was announced of a tier is', async () => {
  const { live, record, frame } = await world();
  record('bulletin', today - DAY_MS, { vn: 9, 1: 4, 11: 2 });
  record('bulletin', today, { vn: 10 });
  await live.sweep();
  const { upper } = await frame(leader, today, { indicator: 'bulletin' });
  assert.deepEqual(
    upper.map(({ unit, value, before }) => [unit, value, before]),
    [
      ['vn', 10, undefined],
      ['1', 4, new Date(today).toISOString()],
    ],
  );
});

test('FG92 what is for few is not named to others, and they read, watch and go on watching nothing of it', async () => {
  const { live, figures, record, frame } = await world();
  record('stock', today, { 11: 4, 12: 9 });
  await live.sweep();
  const province = person('province', 'moderator', 'vn.1');
  const named = (account: Account) => figures.indicators(account).some(({ code }) => code === 'stock');
  assert.deepEqual([named(leader), named(province)], [true, false]);
  assert.equal(figures.watch(leader, ['stock'], '1').cards[0]?.value, 13);
  const one = { indicator: 'stock', unit: '1' };
  assert.throws(() => figures.watch(province, ['beds', 'stock'], '1'), { reason: 'forbidden' });
  await assert.rejects(figures.series(province, one, 28), { reason: 'forbidden' });
  await assert.rejects(figures.history(province, one, new Date(today).toISOString()), { reason: 'forbidden' });
  await assert.rejects(async () => frame(province, today, { indicator: 'stock', root: '1' }), { reason: 'forbidden' });
  const watch = { root: '1', indicators: ['beds', 'stock'] };
  assert.deepEqual(
    [figures.stillSeen(leader, watch), figures.stillSeen(province, watch)],
    [['beds', 'stock'], ['beds']],
  );
  const seat = person('seat', 'seat', 'vn.1.11');
  assert.deepEqual(figures.watch(seat, ['beds'], '11').watched, ['beds']);
});

test('FG145 what is for few is for a seat as if there were no such indicator', async () => {
  const { live, figures, record, frame } = await world();
  record('stock', today, { 11: 4, 12: 9 });
  await live.sweep();
  const seat = person('seat', 'seat', 'vn.1.11');
  assert.ok(!figures.indicators(seat).some(({ code }) => code === 'stock'));
  const [kept, unknown] = ['stock', 'nothing'].map((code) => figures.watch(seat, [code], '11').cards);
  assert.deepEqual(kept, unknown);
  assert.deepEqual(figures.watch(seat, ['stock'], '11').watched, [], 'and is told nothing of it');
  for (const ask of [
    (indicator: string) => figures.series(seat, { indicator, unit: '11' }, 28),
    (indicator: string) => figures.history(seat, { indicator, unit: '11' }, new Date(today).toISOString()),
    async (indicator: string) => frame(seat, today, { indicator, root: '11' }),
  ]) {
    const saidOf = async (code: string) => {
      const error: unknown = await ask(code).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof DomainError);
      return [error.reason, error.message.replace(code, '…')];
    };
    assert.deepEqual(await saidOf('stock'), await saidOf('nothing'));
    assert.equal((await saidOf('stock'))[0], 'not-found');
  }
});

test('FG19 a frame of what another node has told of is read first, and what is on no record is not found', async () => {
  const { live, record, frame } = await world();
  record('beds', today, { 11: 5, 12: 9 });
  await live.sweep();
  record('beds', today, { 11: 6 });
  assert.deepEqual((await frame(leader, today, { n: 2 })).values, [6, 9]);
  assert.equal(live.n, 2);
  await assert.rejects(async () => frame(leader, today, { n: 3 }), { reason: 'not-found' });
});

test('FG46 for a frame of one unit nothing is read of others', async () => {
  const { live, asked, record, frame } = await world();
  record('beds', today - 9 * DAY_MS, { 11: 4, 12: 9 });
  record('beds', today, { 11: 5, 12: 9 });
  await live.sweep();
  asked.length = 0;
  const { units: of, values } = await frame(person('seat', 'seat', 'vn.1.11'), today - 9 * DAY_MS, { root: '11' });
  assert.deepEqual([of, values], [['vn.1.11'], [4]]);
  assert.deepEqual(asked, ['beds of 11']);
});

test('FG46 two frames at once are read from the record, the others after them, and too many are told when to come again', async () => {
  const { live, asked, record, frame, hold } = await world();
  const days = FRAMES_READ.atOnce + FRAMES_READ.waiting + 1;
  for (let ago = days; ago >= 0; ago -= 1) record('beds', today - ago * DAY_MS, { 11: ago });
  await live.sweep();
  asked.length = 0;
  const { held, letGo } = hold();
  const past = (ago: number) => frame({ ...leader, id: `leader ${ago}` }, today - (ago + 4) * DAY_MS);
  const frames = Array.from({ length: FRAMES_READ.atOnce + FRAMES_READ.waiting }, (_, i) => past(i));
  await settled();
  assert.equal(held.length, FRAMES_READ.atOnce);
  await assert.rejects(past(days), { reason: 'busy', retryAfterSeconds: FRAMES_READ.retryAfterSeconds });
  const now = await frame(leader, today);
  assert.deepEqual(now.values, [0, null], 'what is in memory waits for nobody');
  const ends = Promise.all(frames);
  for (let turns = 0; asked.length < frames.length || held.length > 0; turns += 1) {
    assert.ok(turns < 1_000, `${asked.length} of ${frames.length}`);
    assert.ok(held.length <= FRAMES_READ.atOnce);
    letGo();
    await settled();
  }
  assert.equal((await ends).length, frames.length);
});

test('FG46 an account has sixty frames written at once, and is told when to come again; the others have theirs', async () => {
  const { live, record, frame } = await world();
  record('beds', today, { 11: 5, 12: 9 });
  await live.sweep();
  const own = { root: '11' };
  for (let i = 0; i < FRAMES_OF_ONE.burst; i += 1) await frame(leader, today, own);
  assert.throws(() => frame(leader, today, own), { reason: 'rate-limited', retryAfterSeconds: 1 });
  const other = person('other', 'moderator', 'vn');
  assert.equal((await frame(other, today)).values.length, 2);
  assert.equal((await frame(leader, today)).values.length, 2, 'it is written already');
});

test('FG19 both sides of a ratio are as of one N, whatever comes while one of them is read', async () => {
  const { live, record, frame, hold } = await world();
  record('all', today, { 11: 100, 12: 100 });
  record('beds', today, { 11: 50, 12: 50 });
  await live.sweep();
  record('all', today, { 11: 200, 12: 200 });
  await live.sweep();
  const { letGo, held } = hold();
  const asked = frame(leader, today, { indicator: 'share', n: 2 });
  await settled();
  assert.equal(held.length, 1, 'the denominators of then');
  record('beds', today, { 11: 80, 12: 80 });
  const swept = live.sweep();
  await settled();
  held.pop()?.();
  await swept;
  assert.equal(live.n, 4);
  for (let turns = 0; turns < 5; turns += 1) {
    letGo();
    await settled();
  }
  assert.deepEqual((await asked).values, [50, 50]);
});
