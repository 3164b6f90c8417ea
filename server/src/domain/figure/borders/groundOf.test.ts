import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gridGeoJson, gridTree } from '../../../../test/support/figure/gridGeoJson.ts';
import { atOnce } from '../../../lib/slices.ts';
import { groundSchema } from '../../../protocol/figureGround.ts';
import { groundOf } from './groundOf.ts';
import { makeBorders } from './makeBorders.ts';
import { matchUnits } from './matchUnits.ts';
import { readGeoJson } from './readGeoJson.ts';

const { borders } = makeBorders(matchUnits(readGeoJson([JSON.stringify(gridGeoJson(gridTree))], 'code'), gridTree));
const made = (depth: 'provinces' | 'communes', tree = gridTree) => atOnce(groundOf(borders, tree, depth));
const named = (depth: 'provinces' | 'communes', tree = gridTree) =>
  made(depth, tree)?.units.map(({ code, in: above, sea }) => [code, above, sea]);

test('FG121 FG35 around each unit right below the root is one line, and both archipelagos have their own, by name', () => {
  assert.deepEqual(named('provinces'), [
    ['01', undefined, undefined],
    ['498', '48', 'Hoàng Sa'],
    ['576', '56', 'Trường Sa'],
  ]);
  const ground = groundSchema.parse(made('provinces'));
  const [capital, , southern] = ground.units;
  assert.equal(capital?.rings.length, 1, 'nothing is left of the borders within it');
  assert.equal(southern?.rings.length, 2, 'islands that do not touch');
  const used = new Set(ground.units.flatMap(({ rings }) => rings.flat().map((nr) => (nr < 0 ? ~nr : nr))));
  assert.deepEqual(
    [...used].toSorted((a, b) => a - b),
    [...ground.arcs.keys()],
    'and of lines no other is sent',
  );
});

test('FG121 a ring goes on from line to line, and ends where it begins', () => {
  const ground = made('provinces');
  const endsOf = (nr: number): readonly [string, string] => {
    const line = ground?.arcs[nr < 0 ? ~nr : nr] ?? [];
    let [x, y] = [0, 0];
    const all: string[] = [];
    for (let i = 0; i < line.length; i += 2) {
      [x, y] = [x + (line[i] ?? 0), y + (line[i + 1] ?? 0)];
      all.push(`${x} ${y}`);
    }
    return nr < 0 ? [all.at(-1) ?? '', all[0] ?? ''] : [all[0] ?? '', all.at(-1) ?? ''];
  };
  for (const { rings } of ground?.units ?? [])
    for (const ring of rings)
      for (const [i, nr] of ring.entries()) assert.equal(endsOf(nr)[1], endsOf(ring[(i + 1) % ring.length] ?? 0)[0]);
});

test('FG121 by name each unit has its own borders, and says in which it lies; of a province there is nothing else', () => {
  assert.deepEqual(named('communes')?.slice(3), [
    ['004', '01', undefined],
    ['498', '48', 'Hoàng Sa'],
    ['22736', '56', 'Trường Sa'],
    ['22739', '56', 'Trường Sa'],
  ]);
  const southern = gridTree.filter(({ path }) => path.startsWith('vn.56'));
  assert.deepEqual(named('provinces', southern), [['576', undefined, undefined]]);
});

test('FG121 where a unit of today has no borders, there is no ground: it is tiles', () => {
  const newer = [...gridTree, { code: '005', path: 'vn.56.005', name: 'Xã 005' }];
  assert.equal(made('provinces', newer), undefined);
});
