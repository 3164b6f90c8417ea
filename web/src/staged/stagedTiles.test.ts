import assert from 'node:assert/strict';
import { test } from 'node:test';
import { of34, of63 } from './provinces.ts';
import { stagedTiles } from './stagedTiles.ts';

for (const rows of [of63, of34]) {
  const codes = rows.flatMap((row) => row.codes);
  test(`FG35 each of ${codes.length} provinces has its tile, and Hoàng Sa and Trường Sa have theirs`, () => {
    const tiles = stagedTiles(codes, true, 1.4);
    assert.deepEqual(tiles.map(({ key }) => key).toSorted(), [...codes, 'Hoàng Sa', 'Trường Sa'].toSorted());
    assert.deepEqual(
      tiles.flatMap(({ key, of }) => (of ? [[key, of]] : [])),
      [
        ['Hoàng Sa', '48'],
        ['Trường Sa', '56'],
      ],
    );
    for (const [i, one] of tiles.entries()) {
      assert.ok(one.x >= 0 && one.x + one.width <= 100.01 && one.y + one.height <= 100.01, one.key);
      for (const other of tiles.slice(i + 1))
        if (Math.abs(other.y - one.y) < 0.01)
          assert.ok(
            other.x >= one.x + one.width - 0.01 || one.x >= other.x + other.width - 0.01,
            `${one.key} ${other.key}`,
          );
    }
  });
}

test('a long name has a wider tile, within the row of those beside it', () => {
  const codes = of63.flatMap((row) => row.codes);
  const of = (tiles: ReturnType<typeof stagedTiles>, key: string) => tiles.find((tile) => tile.key === key);
  const even = stagedTiles(codes, true, 1.4);
  const named = stagedTiles(codes, true, 1.4, (code) =>
    code === '77' ? 'Bà Rịa - Vũng Tàu'.length : 'Long An'.length,
  );
  const [first, last] = ['89', '82'];
  assert.ok((of(named, '77')?.width ?? 0) > 1.3 * (of(named, '79')?.width ?? 0));
  assert.equal(of(named, first)?.x, of(even, first)?.x);
  const end = (tiles: ReturnType<typeof stagedTiles>) => (of(tiles, last)?.x ?? 0) + (of(tiles, last)?.width ?? 0);
  assert.ok(Math.abs(end(named) - end(even)) < 0.001);
  assert.equal(of(named, '96')?.width, of(even, '96')?.width);
});

test('FG35 a country of one province has the archipelagos as well', () => {
  const keys = stagedTiles(['79'], true, 1).map(({ key }) => key);
  assert.deepEqual(keys.toSorted(), ['79', 'Hoàng Sa', 'Trường Sa'].toSorted());
});

test('units below a province stand side by side in their order, and what no map knows below the country', () => {
  const tiles = stagedTiles(['760', '761', '762', '763'], false, 2);
  assert.deepEqual(
    tiles.map(({ key, x, y }) => [key, x, y]),
    [
      ['760', 0, 0],
      ['761', 50, 0],
      ['762', 0, 50],
      ['763', 50, 50],
    ],
  );
  const keys = stagedTiles(['79', 'x'], true, 1).map(({ key }) => key);
  assert.ok(keys.includes('x'));
});
