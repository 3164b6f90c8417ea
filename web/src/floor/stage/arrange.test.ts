import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scene } from '../../api/contract.ts';
import { arrange, type Box, CONTENT, isOverlaid } from './arrange.ts';

const people = (n: number) => Array.from({ length: n }, (_, i) => `unit-${i}`);
const scenes: readonly Scene[] = [
  { kind: 'solo', large: 'a' },
  { kind: 'pair', left: 'a', right: 'b' },
  { kind: 'inset', large: 'a', small: 'b' },
  { kind: 'strip', large: 'a', others: people(2) },
  { kind: 'strip', large: 'a', others: people(5) },
  ...[1, 2, 3, 4, 5, 7, 9, 12, 16].map((n): Scene => ({ kind: 'gallery', people: people(n) })),
  { kind: 'content', face: null },
  { kind: 'content', face: 'a' },
];
/** A column of a desk, phones upright and lying, a laptop, full screens, a wall, a hall's portrait screen. */
const sizes = [
  [300, 169],
  [390, 219],
  [390, 520],
  [844, 320],
  [950, 560],
  [1366, 768],
  [1920, 1080],
  [3840, 1080],
  [3840, 2160],
  [1080, 1920],
] as const;

const overlap = (a: Box, b: Box) =>
  a.left < b.left + b.width - 1 &&
  b.left < a.left + a.width - 1 &&
  a.top < b.top + b.height - 1 &&
  b.top < a.top + a.height - 1;

for (const scene of scenes)
  test(`PN9 ${scene.kind} of ${'people' in scene ? scene.people.length : 'others' in scene ? scene.others.length : ''}: 16:9 inside the stage, at every size`, () => {
    for (const [width, height] of sizes) {
      const placed = arrange(scene, width, height);
      const boxes = [...placed.values()];
      assert.ok(boxes.length > 0);
      for (const box of boxes) {
        // SL24: a page is of any shape, and fits itself into its place.
        const isPage = box === placed.get(CONTENT) && width > height * 2.2;
        if (!isPage)
          assert.ok(Math.abs(box.width - (box.height * 16) / 9) < 2.8, `${width}x${height}: ${JSON.stringify(box)}`);
        assert.ok(box.left >= -1 && box.top >= -1, JSON.stringify(box));
        assert.ok(box.left + box.width <= width + 1 && box.top + box.height <= height + 1, JSON.stringify(box));
      }
      const isOver = scene.kind === 'inset' && boxes.some((a, i) => boxes.some((b, j) => i < j && overlap(a, b)));
      if (!isOver) for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) assert.ok(!overlap(a, b));
    }
  });

test('SL24 beside a page on two screens side by side stands the face, and the page has all the rest', () => {
  const boxes = arrange({ kind: 'content', face: 'a' }, 3840, 1080);
  const [page, face] = [boxes.get(CONTENT) as Box, boxes.get('a') as Box];
  assert.ok(page.width + face.width > 3_800 && page.height === 1080, JSON.stringify(page));
});

test('PN9 pictures of a gallery are equally large, and a last row that is not full stands in the middle', () => {
  const boxes = [...arrange({ kind: 'gallery', people: people(3) }, 1920, 1080).values()];
  assert.equal(new Set(boxes.map(({ width }) => width)).size, 1);
  const [one, two, three] = boxes as [Box, Box, Box];
  assert.ok(Math.abs(three.left - (one.left + two.left) / 2) <= 1);
});

test('PN9 a pair stands side by side on a wide stage and one over the other on an upright one', () => {
  const pair: Scene = { kind: 'pair', left: 'a', right: 'b' };
  const on = (width: number, height: number) => [...arrange(pair, width, height).values()] as [Box, Box];
  const [left, right] = on(3840, 1080);
  assert.ok(left.height >= 1_070 && right.left > left.left && right.top === left.top);
  const [upper, lower] = on(390, 520);
  assert.ok(upper.width === 390 && lower.top > upper.top && lower.left === upper.left);
});

test('PN9 a small picture stands beside the large one where the stage has room, else in its corner', () => {
  const scene: Scene = { kind: 'inset', large: 'a', small: 'b' };
  const on = (width: number, height: number) => [...arrange(scene, width, height).values()] as [Box, Box];
  for (const [width, height] of [
    [3840, 1080],
    [390, 520],
  ] as const) {
    const [large, small] = on(width, height);
    assert.ok(!overlap(large, small), `${width}x${height}`);
  }
  const [large, small] = on(1920, 1080);
  assert.ok(overlap(large, small) && large.width === 1920);
});

test('a name gives way to the small picture where that lies over it, and not where it stands beside', () => {
  const scene: Scene = { kind: 'inset', large: 'a', small: 'b' };
  const over = ([width, height]: readonly [number, number]) => isOverlaid([...arrange(scene, width, height).values()]);
  assert.deepEqual(
    (
      [
        [1366, 768],
        [3840, 1080],
        [390, 520],
      ] as const
    ).map(over),
    [true, false, false],
  );
});
