import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { gridGeoJson, gridTree } from '../../../../test/support/figure/gridGeoJson.ts';
import { atOnce } from '../../../lib/slices.ts';
import { groundSchema } from '../../../protocol/figureGround.ts';
import { groundOf } from './groundOf.ts';
import { makeBorders } from './makeBorders.ts';
import { matchUnits } from './matchUnits.ts';
import { readGeoJson } from './readGeoJson.ts';
import { shippedBorders } from './shippedCountry.ts';

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

test('FG160 FG161 without an operator’s borders the country of 63 provinces, and that of 34, is drawn by those of the program, one around each, with both archipelagos', () => {
  const file = new URL('country/provinces.borders.json', import.meta.url);
  const { parts } = JSON.parse(readFileSync(file, 'utf8')) as { parts: Record<string, string[]> };
  for (const codes of [Object.keys(parts), Object.values(parts).flat()]) {
    const tree = [
      { code: 'vn', path: 'vn', name: 'Việt Nam' },
      ...codes.flatMap((code) => [
        { code, path: `vn.${code}`, name: code },
        { code: `${code}001`, path: `vn.${code}.${code}001`, name: code === '48' ? 'Đặc khu Hoàng Sa' : 'Xã' },
      ]),
    ];
    const shipped = shippedBorders(tree);
    assert.ok(shipped);
    const ground = groundSchema.parse(atOnce(groundOf(shipped, tree, 'provinces')));
    assert.deepEqual(
      ground.units.filter(({ sea }) => sea).map(({ code, in: above, sea }) => [code, above, sea]),
      [
        ['48001', '48', 'Hoàng Sa'],
        ['56', '56', 'Trường Sa'],
      ],
    );
    assert.deepEqual(ground.units.flatMap(({ code, sea }) => (sea ? [] : [code])).toSorted(), codes.toSorted());
    assert.ok(gzipSync(JSON.stringify(ground)).length < 20_000);
    assert.equal(atOnce(groundOf(shipped, tree, 'communes')), undefined, 'by name each unit is a tile');
    const province = tree.filter(({ path }) => path.startsWith('vn.48'));
    assert.equal(atOnce(groundOf(shipped, province, 'provinces')), undefined, 'and so is what lies within a province');
    assert.equal(
      shippedBorders([...tree.slice(3), { path: 'vn.999' }]),
      undefined,
      'a country with another code is tiles',
    );
  }
});
