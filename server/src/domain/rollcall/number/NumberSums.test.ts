import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomOf } from '../../../../test/support/randomOf.ts';
import type { NumberSum } from '../../../protocol/rollcallNumber.ts';
import { FigureSum } from '../../figure/rollUp.ts';
import { NO_NUMBER, type NumberPart, NumberSums } from './NumberSums.ts';

const STATES = ['fresh', 'late', 'held', 'none'] as const;
const LARGEST = 800_000_000_000;

/** Slow and obvious: all units below each unit above, added up anew, as FG9 and FG10 have it. */
function model(parts: ReadonlyMap<string, NumberPart>, territory: string): NumberSum[] {
  const paths = [...parts.keys()];
  const above = new Set(paths.flatMap((path) => path.split('.').map((_, i, all) => all.slice(0, i).join('.'))));
  above.delete('');
  // RC15: an asked unit beside units above others has a row, too.
  const branches = new Set([...above].map((path) => path.split('.').slice(0, -1).join('.')));
  const rows = new Set([...above, ...paths.filter((path) => branches.has(path.split('.').slice(0, -1).join('.')))]);
  return [...rows]
    .filter((path) => path === territory || path.startsWith(`${territory}.`))
    .map((path) => {
      const sum = new FigureSum({ up: 'sum' });
      for (const [at, { state, value }] of parts)
        if (at === path || at.startsWith(`${path}.`))
          sum.add({ state, value: state === 'held' ? null : value, end: null });
      const { value, coverage } = sum.result();
      // Of a round all that is held is withheld, so it is told once.
      const { withheld: _, ...states } = coverage;
      // What is held is told beside who has said nothing.
      const held = [...parts].filter(
        ([at, { state }]) => state === 'held' && (at === path || at.startsWith(`${path}.`)),
      );
      const told = { ...states, held: held.length, none: coverage.none - held.length };
      return { unit: path.slice(path.lastIndexOf('.') + 1), value, coverage: told };
    });
}

const inOrder = (rows: readonly NumberSum[]) => [...rows].sort((a, b) => (a.unit < b.unit ? -1 : 1));

for (let seed = 1; seed <= 100; seed += 1)
  test(`FG32 FG3 the sums of a round are their recomputation, in any tree and after any changes (seed ${seed})`, () => {
    const random = randomOf(seed);
    const pick = (n: number) => Math.floor(random() * n);
    const paths = new Set<string>();
    const size = 1 + pick(60);
    for (let i = 0; i < size; i += 1) {
      const province = `vn.p${pick(4)}`;
      paths.add(pick(3) === 0 ? `${province}.u${i}` : `${province}.${province.slice(3)}d${pick(3)}.u${i}`);
    }
    const parts = new Map<string, NumberPart>([...paths].map((path) => [path, NO_NUMBER]));
    const sums = new NumberSums(paths);
    const all = [...paths];
    const changes = pick(200);
    for (let i = 0; i < changes; i += 1) {
      const path = all[pick(all.length)] as string;
      const state = STATES[pick(STATES.length)] ?? 'none';
      const value = pick(5) === 0 ? 0 : pick(2 * LARGEST) - LARGEST;
      const part: NumberPart = state === 'none' ? NO_NUMBER : { state, value };
      sums.change(path, parts.get(path) as NumberPart, part);
      parts.set(path, part);
    }
    const reached = ['vn', 'vn.p0', 'vn.p1'].filter((root) => all.some((path) => path.startsWith(`${root}.`)));
    for (const territory of reached)
      assert.deepEqual(inOrder(sums.rows(territory)), inOrder(model(parts, territory)), territory);
  });

test('FG32 what changed is told to each territory once, as it stands then', () => {
  const sums = new NumberSums(['vn.a.1', 'vn.a.2', 'vn.b.1']);
  sums.change('vn.a.1', NO_NUMBER, { state: 'fresh', value: 7 });
  sums.change('vn.a.1', { state: 'fresh', value: 7 }, { state: 'fresh', value: 5 });
  const told = sums.takeChanged(new Set(['vn', 'vn.b']));
  assert.deepEqual([...told.keys()], ['vn']);
  assert.deepEqual(
    inOrder(told.get('vn') ?? []).map(({ unit, value, coverage }) => [
      unit,
      value,
      coverage.fresh,
      coverage.none,
      coverage.expected,
    ]),
    [
      ['a', 5, 1, 1, 2],
      ['vn', 5, 1, 2, 3],
    ],
  );
  assert.equal(sums.takeChanged(new Set(['vn'])).size, 0);
});

test('FG3 FG31 nobody is nothing, zero is a number, and what is held is in no sum', () => {
  const sums = new NumberSums(['vn.a.1', 'vn.a.2']);
  const value = () => sums.rows('vn')[0]?.value;
  assert.equal(value(), null);
  sums.change('vn.a.1', NO_NUMBER, { state: 'held', value: 900 });
  assert.equal(value(), null);
  sums.change('vn.a.2', NO_NUMBER, { state: 'fresh', value: 0 });
  assert.equal(value(), 0);
});
