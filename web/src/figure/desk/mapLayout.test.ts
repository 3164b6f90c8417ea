import assert from 'node:assert/strict';
import { test } from 'node:test';
import { of34, of63 } from '../../staged/provinces.ts';
import { type Block, layOut } from './mapLayout.ts';

const room = { width: 920, height: 600, head: 17 };
const cellsOf = (code: string): number => 47 + ((Number(code) * 37) % 480);
const country = (rows: typeof of63): Block[] => [
  ...rows.flatMap(({ codes }) => codes).map((code) => ({ code, cells: cellsOf(code), least: 56, wish: 100 })),
  ...rows.flatMap(({ sea }) => (sea ? [{ code: sea.name, cells: 3, least: 110, wish: 150 }] : [])),
];

for (const [name, rows, many] of [
  ['63', of63, 63],
  ['34', of34, 34],
] as const)
  for (const width of [366, 920, 1400])
    test(`a country of ${name} provinces lies side by side in ${width} pixels, each with room for its cells`, () => {
      const blocks = country(rows);
      const { blocks: placed, pitch, height } = layOut(blocks, rows, { ...room, width });
      assert.equal(placed.length, many + 2);
      for (const one of placed) {
        assert.ok(one.x >= 0 && one.x + one.width <= width, `${one.code} is within the width`);
        const { cells = 0 } = blocks.find(({ code }) => code === one.code) ?? {};
        assert.ok(Math.ceil(cells / one.across) * one.rise <= one.height - room.head, `${one.code} holds its cells`);
        for (const other of placed)
          if (other !== one && other.y === one.y)
            assert.ok(other.x >= one.x + one.width || one.x >= other.x + other.width, `${one.code}, ${other.code}`);
      }
      assert.ok(height <= room.height || pitch <= 3);
    });

test('each province is in one row of its table', () => {
  for (const [rows, many] of [
    [of63, 63],
    [of34, 34],
  ] as const) {
    const codes = rows.flatMap((row) => row.codes);
    assert.equal(codes.length, many);
    assert.equal(new Set(codes).size, many);
  }
});

test('FG115 units that no table knows are laid out in their order, as large as there is room', () => {
  const blocks = ['a', 'b', 'c'].map((code) => ({ code, cells: 2, least: 60, wish: 90 }));
  const { blocks: placed, pitch } = layOut(blocks, [], room);
  assert.deepEqual(
    placed.map(({ code }) => code),
    ['a', 'b', 'c'],
  );
  assert.equal(pitch, 160);
  assert.deepEqual(layOut([], [], room), { blocks: [], pitch: 160, height: 0 });
  // Ten wards on a wall of screens.
  const wards = Array.from({ length: 10 }, (_, i) => ({ code: `${i}`, cells: 1, least: 198, wish: 198 }));
  const wall = { width: 3100, height: 800, head: 75, leaves: true };
  const { height } = layOut(wards, [], wall);
  assert.ok(height > 0.75 * wall.height && height <= wall.height, `${height} of ${wall.height}`);
  const many = Array.from({ length: 168 }, (_, i) => ({ code: `${i}`, cells: 1, least: 132, wish: 132 }));
  const least = layOut(many, [], { width: 980, height: 560, head: 50, leaves: true }).blocks.map((one) => one.height);
  assert.ok(Math.min(...least) >= 50 + 14, 'so many are scrolled, each with a colour that is seen');
});
