import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gridGeoJson, gridTree } from '../../../../test/support/figure/gridGeoJson.ts';
import { matchUnits } from './matchUnits.ts';
import { type Area, eachOf, readGeoJson } from './readGeoJson.ts';
import { thinned } from './thinned.ts';

const dense = matchUnits(readGeoJson([JSON.stringify(gridGeoJson(gridTree, 4_000))], 'code'), gridTree);
/** To a metre, as they are compared. */
const positionsOf = (areas: readonly Area[]): string[] =>
  areas.flat().flatMap((ring) => eachOf(ring, (x, y) => [x, y].map((one) => Math.round(one * 100_000)).join()));
const of = (units: typeof dense, code: string): Set<string> =>
  new Set(positionsOf(units.find((unit) => unit.code === code)?.areas ?? []));
const countOf = (units: typeof dense): number => units.reduce((sum, { areas }) => sum + positionsOf(areas).length, 0);

test('FG112 of positions that a map cannot tell apart most are left out, and of a line that two share the same in both', () => {
  const few = thinned(dense, 0.01);
  assert.ok(countOf(few) * 5 < countOf(dense), `${countOf(few)} of ${countOf(dense)}`);
  const [before, after] = [dense, few].map((all) => {
    const other = of(all, '002');
    return new Set([...of(all, '001')].filter((position) => other.has(position)));
  });
  assert.ok(before && after && after.size > 20 && after.size < before.size);
  for (const code of ['001', '002']) {
    const there = [...of(few, code)];
    const shared: string[] = there.filter((position) => before.has(position));
    assert.deepEqual(shared.toSorted(), [...after].toSorted(), `what ${code} keeps of the line that it shares`);
  }
});

test('FG112 an enclave and the hole around it keep the same, wherever their rings begin and whichever way they go', () => {
  const circle = (from: number, turn: 1 | -1) =>
    Array.from({ length: 1_001 }, (_, i) => {
      const angle = ((from + turn * (i % 1_000)) / 1_000) * 2 * Math.PI;
      return [
        Math.round((105 + 0.1 * Math.cos(angle)) * 1e5) / 1e5,
        Math.round((16 + 0.1 * Math.sin(angle)) * 1e5) / 1e5,
      ];
    });
  const square = [104, 15, 106, 15, 106, 17, 104, 17, 104, 15];
  const ringOf = (positions: readonly (readonly number[])[]) => Float64Array.from(positions.flat());
  const [around, enclave] = thinned(
    [
      { code: 'around', areas: [[Float64Array.from(square), ringOf(circle(333, -1))]] },
      { code: 'enclave', areas: [[ringOf(circle(0, 1))]] },
    ],
    0.02,
  );
  const [, hole] = around?.areas[0] ?? [];
  const [own] = enclave?.areas[0] ?? [];
  assert.ok(hole && own && own.length < 100);
  assert.deepEqual(new Set(positionsOf([[hole]])), new Set(positionsOf([[own]])));
});

test('FG112 however many there are, no more stay than are asked for, and the smallest area stays one', () => {
  const few = thinned(dense, 0.000_01, 500);
  assert.ok(countOf(few) <= 600);
  assert.throws(() => thinned(dense, 0.01, 5), /too many lines/, 'ends of lines alone are more');
  for (const { code, areas } of thinned(dense, 10))
    for (const ring of areas.flat()) assert.ok(new Set(positionsOf([[ring]])).size >= 3, code);
});
