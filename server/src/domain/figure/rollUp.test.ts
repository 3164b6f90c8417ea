import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomOf } from '../../../test/support/randomOf.ts';
import type { FigureState } from '../../protocol/figure.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import { FigureSum, ratioOf, type UnitPart } from './rollUp.ts';

const STATES: readonly FigureState[] = ['fresh', 'late', 'stale', 'none', 'held', 'contested'];
const LARGEST = 800_000_000_000;

/** Slow and obvious: exact fractions, all at once. */
function model(up: Indicator['up'], parts: readonly UnitPart[], shift: number): number | null {
  const there = parts.filter(({ state, value }) => state !== 'stale' && value !== null);
  const values = there.map(({ value }) => BigInt(value as number));
  const least = (a: bigint, b: bigint) => (a < b ? a : b);
  if (up === 'ratio' || up === 'weighted') {
    const pairs = there.flatMap(({ over }) => (over ? [[BigInt(over.value), BigInt(over.by)] as const] : []));
    const one = pairs.reduce((sum, [a, b]) => sum + (up === 'weighted' ? a * b : a), 0n);
    const by = pairs.reduce((sum, [, b]) => sum + b, 0n);
    return ratioOf(one, by, up === 'weighted' ? 0 : shift);
  }
  if (values.length === 0) return null;
  if (up === 'sum') return Number(values.reduce((a, b) => a + b));
  if (up === 'min') return Number(values.reduce(least));
  return up === 'max' ? Number(-values.map((v) => -v).reduce(least)) : null;
}

for (let seed = 1; seed <= 200; seed += 1)
  test(`FG9 FG10 FG126 a roll-up is its recomputation to the last digit, however it is cut (seed ${seed})`, () => {
    const random = randomOf(seed);
    const pick = (n: number) => Math.floor(random() * n);
    const up = (['sum', 'ratio', 'weighted', 'max', 'min', 'none'] as const)[pick(6)] ?? 'sum';
    const parts = Array.from({ length: pick(seed % 10 === 0 ? 11_000 : 40) }, (): UnitPart => {
      const state = STATES[pick(STATES.length)] ?? 'none';
      const value = state === 'none' || random() < 0.1 ? null : pick(2 * LARGEST) - LARGEST;
      const over = value === null || random() < 0.1 ? undefined : { value, by: pick(LARGEST) };
      return { state, value, end: value === null ? null : pick(1_000), over };
    });
    const shift = pick(18) - 6;
    const groups = Array.from({ length: 1 + pick(5) }, () => new FigureSum({ up, shift }));
    for (const part of parts) groups[pick(groups.length)]?.add(part);
    const whole = new FigureSum({ up, shift });
    for (const group of groups.toSorted(() => random() - 0.5)) whole.join(group);
    const { value, coverage, oldest } = whole.result();
    assert.equal(value, model(up, parts, shift));
    const { expected, withheld = 0, ...states } = coverage;
    assert.equal(expected, parts.length);
    assert.equal(
      Object.values(states).reduce((a, b) => a + b, 0),
      expected,
    );
    const there = parts.filter(({ state, value: of }) => state !== 'stale' && of !== null);
    for (const state of ['fresh', 'late', 'held', 'contested'] as const)
      assert.equal(coverage[state], there.filter((part) => part.state === state).length);
    assert.equal(withheld, parts.filter(({ state, value: of }) => state === 'held' && of === null).length);
    assert.equal(coverage.stale, parts.filter(({ state }) => state === 'stale').length);
    const ends = parts.flatMap(({ state, value: of, end, over }) =>
      of === null || state === 'stale' || end === null || ((up === 'ratio' || up === 'weighted') && !over) ? [] : [end],
    );
    assert.equal(oldest, ends.length > 0 ? Math.min(...ends) : null);
  });

test('FG91 of a ratio it is said which part of all denominators is in it, rounded down', () => {
  const sum = new FigureSum({ up: 'ratio' });
  const there = (by: number): UnitPart => ({
    state: 'fresh',
    value: 1,
    end: 0,
    over: { value: 1, by },
    weight: { of: by, there: by },
  });
  sum.add(there(1));
  assert.equal(sum.result().share, 10_000);
  sum.add({ state: 'none', value: null, end: null, weight: { of: 2, there: 0 } });
  assert.equal(sum.result().share, 3_333);
  sum.add({ state: 'stale', value: 7, end: 0, over: { value: 7, by: 1 }, weight: { of: 1, there: 0 } });
  const other = new FigureSum({ up: 'ratio' });
  other.add(there(4));
  sum.join(other);
  assert.equal(sum.result().share, 6_250);
  assert.equal(sum.result().coverage.expected, 4);
  assert.equal(new FigureSum({ up: 'sum' }).result().share, undefined);
});

for (const [one, by, shift, steps] of [
  [1n, 3n, 4, 3333],
  [2n, 3n, 4, 6667],
  [1n, 2n, 0, 1],
  [-1n, 2n, 0, -1],
  [150n, 100n, -1, 0],
  [0n, 5n, 6, 0],
  [5n, 0n, 0, null],
  [800_000_000_000n, 1n, 4, 8_000_000_000_000_000],
  [800_000_000_000n, 1n, 5, null],
  [-800_000_000_000n, 1n, 5, null],
] as const)
  test(`FG9 ${one} over ${by}, moved by ${shift} decimals, is ${steps}`, () =>
    assert.equal(ratioOf(one, by, shift), steps));
