import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { randomOf } from '../../../test/support/randomOf.ts';
import { type FigureFrame, figureFrameSchema } from '../../protocol/figureFrame.ts';
import { packFrame, unpackFrame } from '../../protocol/packedFrame.ts';
import { countryRows } from '../country.ts';
import { Hospitals } from './Hospitals.ts';
import { reportersOfDemo } from './reporters.ts';

const period = '2026-11-26T10:00:00.000Z';
const frameOf = (units: string[], upper: FigureFrame['upper'] = []): FigureFrame => ({
  ...{ indicator: 'beds-free', period, n: 4, root: 'vn', units, values: units.map((_, i) => i), upper },
  states: 'f'.repeat(units.length),
});
const bytesOf = (told: unknown): Buffer => gzipSync(JSON.stringify(told));
/** As it comes out of a line. */
const sent = (frame: FigureFrame): unknown => unpackFrame(JSON.parse(JSON.stringify(packFrame(frame))));
const coverage = { expected: 9, fresh: 4, late: 1, stale: 1, none: 1, held: 1, contested: 1 };

/** Free beds of each commune of the country of the demo, and the sums above. One in fifty is late. */
async function country(): Promise<FigureFrame> {
  const reporters = await reportersOfDemo();
  const beds = new Hospitals({ seed: 1, reporters }).at(600);
  const values = new Map(reporters.map(({ code }, i) => [code, beds[i]?.bedsFree ?? 0]));
  const paths = new Map<string, string>();
  for (const { code, parent } of await countryRows()) paths.set(code, parent ? `${paths.get(parent)}.${code}` : code);
  const all = [...paths].toSorted(([, a], [, b]) => (a < b ? -1 : 1));
  const units = all.flatMap(([code, path]) => (values.has(code) ? [path] : []));
  const valueAt = (path: string): number => values.get(path.split('.').at(-1) ?? '') ?? 0;
  const isLate = (path: string): boolean => valueAt(path) % 50 === 7;
  const below = new Map<string, string[]>();
  for (const unit of units)
    for (const code of unit.split('.').slice(0, -1)) (below.get(code) ?? below.set(code, []).get(code))?.push(unit);
  const upper = all.flatMap(([code]): FigureFrame['upper'] => {
    const inside = below.get(code);
    if (!inside) return [];
    const late = inside.filter(isLate).length;
    const value = inside.reduce((sum, unit) => sum + valueAt(unit), 0);
    const counted = { expected: inside.length, fresh: inside.length - late, late };
    return [{ unit: code, value, coverage: { ...counted, stale: 0, none: 0, held: 0, contested: 0 } }];
  });
  const states = units.map((path) => (isLate(path) ? 'l' : 'f')).join('');
  return { ...frameOf(units, upper), values: units.map(valueAt), states };
}

test('FG173 a frame of the whole country is told in no more than twenty kilobytes, and is the same frame', async (t) => {
  const frame = await country();
  assert.ok(frame.units.length >= 10_000 && frame.upper.length >= 700);
  const [plain, packed] = [bytesOf(frame).length, bytesOf(packFrame(frame)).length];
  t.diagnostic(`${frame.units.length} units: ${plain} bytes by gzip, packed ${packed}`);
  assert.ok(packed <= 20_000, `${packed} bytes`);
  assert.deepEqual(figureFrameSchema.parse(sent(frame)), frame);
});

/** Positions of the units below each above them. */
function insideOf({ units }: FigureFrame): ReadonlyMap<string, readonly number[]> {
  const inside = new Map<string, number[]>();
  for (const [i, path] of units.entries())
    for (const code of path.split('.').slice(0, -1)) (inside.get(code) ?? inside.set(code, []).get(code))?.push(i);
  return inside;
}

/** The same with one in eight not fresh, all states among them, and what the sums above it are then. */
function mixed(frame: FigureFrame, isShare = false): FigureFrame {
  const random = randomOf(7);
  const pick = frame.units.map(() => Math.floor(random() * 64));
  const letters = ['s', 'n', 'h', 'H', 'c', 'l', 'l', 'l'];
  const states = pick.map((nr) => letters[nr] ?? 'f');
  // H: held, and nothing else was ever said.
  const values = frame.values.map((value, i) => ('nH'.includes(states[i] ?? '') ? null : value));
  const below = insideOf(frame);
  const above = frame.upper.map(({ unit }) => {
    const inside = below.get(unit) ?? [];
    const count = (letter: string): number => inside.filter((i) => states[i] === letter).length;
    const there = inside.flatMap((i) => (states[i] === 's' ? [] : (values[i] ?? [])));
    const sum = there.reduce((all, one) => all + one, 0);
    const counted = { expected: inside.length, fresh: count('f'), late: count('l'), stale: count('s') };
    const withheld = count('H');
    return {
      ...{ unit, value: there.length === 0 ? null : isShare ? Math.round((1_000 * sum) / 54 / there.length) : sum },
      coverage: {
        ...{ ...counted, none: count('n') + withheld, held: count('h'), contested: count('c') },
        ...(withheld > 0 && { withheld }),
      },
      ...(isShare && { share: 9_000 + (inside.length % 900) }),
    };
  });
  return { ...frame, values, states: states.join('').toLowerCase(), upper: above };
}

/** Against a day on which most values were others. */
function compared(frame: FigureFrame): FigureFrame {
  const random = randomOf(9);
  const values = frame.values.map((value, i) =>
    value === null || frame.states[i] !== 'f' ? null : Math.max(0, value + Math.round(10 * random()) - 5),
  );
  const below = insideOf(frame);
  const upper = frame.upper.map(({ unit }) => {
    const both = (below.get(unit) ?? []).filter((i) => values[i] !== null);
    const sum = (of: readonly (number | null)[]) => both.reduce((all, i) => all + (of[i] ?? 0), 0);
    return { unit, now: sum(frame.values), before: both.length > 2 ? sum(values) : null, both: both.length };
  });
  return { ...frame, against: { period, values, upper } };
}

test('FG173 so is one whose states and values vary; with another period beside it it has no more than twenty-six', async (t) => {
  const frame = mixed(await country());
  for (const [what, told, most] of [
    ['a sum', frame, 20_000],
    ['a share', mixed(await country(), true), 20_000],
    ['compared', compared(frame), 26_000],
  ] as const) {
    const packed = bytesOf(packFrame(told)).length;
    t.diagnostic(`${what}: ${bytesOf(told).length} bytes by gzip, packed ${packed}`);
    assert.ok(packed <= most, `${what}: ${packed} bytes`);
    assert.deepEqual(figureFrameSchema.parse(sent(told)), told);
  }
});

test('FG173 whatever codes there are, and whatever a sum leaves out, comes out as it was', () => {
  for (const units of [
    [],
    ['vn'],
    ['vn', 'vn.1'],
    ['vn.01.9', 'vn.01.10', 'vn.02.09', 'vn.1'],
    ['vn.a.1', 'vn.b.2', 'vn.b.2', 'vn.b.x-3', 'vn.b.0x10', 'vn.b.1e3', 'vn.b.1000'],
    ['vn.99999999999999999999', 'vn.99999999999999999998', 'vn.7', 'vn.07', 'vn.007'],
    ['vn.5', 'vn.4', 'vn.-3', 'vn.0'],
  ])
    assert.deepEqual(sent(frameOf(units)), frameOf(units), units.join(' '));
  const upper: FigureFrame['upper'] = [
    { unit: 'vn', value: null, coverage },
    { unit: '01', value: 7, coverage: { ...coverage, withheld: 2 }, closed: 2, share: 0, unweighed: 3 },
    { unit: '02', value: 0, coverage, before: period },
  ];
  const against = { period, values: [null], upper: [{ unit: 'vn', now: null, before: 3, both: 0 }] };
  const whole = { ...frameOf(['vn.01'], upper), former: [0], against };
  assert.deepEqual(sent(whole), whole);
});

test('FG173 what is told plainly stays as it is, and what is no frame is refused and throws nothing', () => {
  const frame = frameOf(['vn.01', 'vn.02'], [{ unit: 'vn', value: 1, coverage }]);
  assert.equal(unpackFrame(frame), frame);
  const packed = packFrame(frame);
  const own = { unit: ['vn'], value: [1] };
  for (const part of [
    ...[{ units: [null] }, { units: [{}] }, { units: [[null]] }, { units: 'vn' }],
    ...[{ upper: null }, { upper: { own } }, { upper: { own, coverage: {} } }, { upper: { own: { unit: 1 } } }],
  ])
    assert.ok(!figureFrameSchema.safeParse(unpackFrame({ ...packed, ...part })).success, JSON.stringify(part));
});
