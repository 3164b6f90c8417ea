import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Borders } from '../../../api/contract.ts';
import { type Label, labelsOf, outlines, viewOf } from '../../../staged/borders/layBorders.ts';
import { isInside, shapesOf } from '../../../staged/borders/shapes.ts';
import type { MapPlace } from '../mapPlaces.ts';
import { nearestAhead } from './nearestAhead.ts';
import { areDrawn, piecesOf } from './pieces.ts';

/** Two squares side by side that share the line in the middle, and an island far to the east. */
const borders: Borders = {
  ...{ ratio: 2, steps: 100 },
  arcs: [
    [20, 0, 0, 50],
    [20, 50, -20, 0, 0, -50, 20, 0],
    [20, 0, 20, 0, 0, 50, -20, 0],
    [90, 40, 10, 0, 0, 10, -10, 0, 0, -10],
  ],
  units: [
    { code: '1', rings: [[0, 1]] },
    { code: '2', rings: [[~0, 2]] },
    { code: '498', rings: [[3]] },
  ],
};
const shapes = shapesOf(borders);
const shape = (code: string) => {
  const found = shapes.byCode.get(code);
  assert.ok(found);
  return found;
};
const units = ['vn.a.1', 'vn.b.2', 'vn.b.498'];
const place = (key: string, cells: readonly number[], of?: string): MapPlace => ({
  ...{ key, path: `vn.${key}`, name: key, of, cells },
});
const places = [place('a', [0]), place('b', [1]), place('Hoàng Sa', [2], 'Đà Nẵng')];
const map = (shown: readonly MapPlace[], rest: readonly string[] = [], of = units) => ({
  places: shown,
  rest,
  units: of,
});
const { drawn } = piecesOf(map(places), shapes);

test('an area is closed by lines of its own and of its neighbours, in either direction', () => {
  assert.deepEqual(
    [...(shape('1').rings[0] ?? [])].map((one) => Math.round(one * 100)),
    [...[40, 0, 40, 50, 0, 50, 0, 0, 40, 0]],
  );
  assert.equal(isInside(shape('1'), 0.2, 0.25), true);
  assert.equal(isInside(shape('2'), 0.2, 0.25), false);
  assert.equal(isInside(shape('2'), 0.6, 0.25), true);
  assert.deepEqual(
    shape('2').middle.map((one) => Math.round(one * 100)),
    [60, 25],
  );
});

test('around a place are the lines that no other unit of it has', () => {
  assert.deepEqual(outlines(drawn).toSorted(), [0, 1, 2, 3]);
  assert.deepEqual(outlines(piecesOf(map([place('both', [0, 1])]), shapes).drawn).toSorted(), [1, 2]);
});

test('FG35 an archipelago is named whatever is beside it, and no other name is written over one', () => {
  const view = viewOf(
    drawn.map(({ shape: one }) => one),
    { width: 420, height: 220 },
  );
  assert.equal(Math.round(view.scale), 200);
  const labels = labelsOf(places, drawn, view, { width: 420, height: 220 }, () => [[90, 18]]);
  assert.deepEqual(
    labels.map(({ key, fits }) => [key, fits]),
    [
      ['a', true],
      ['b', false],
      ['Hoàng Sa', true],
    ],
  );
});

test('a map is drawn by borders where all of its units have some, and as tiles where one has none', () => {
  assert.equal(areDrawn(map(places), shapes), true);
  assert.equal(areDrawn(map([...places, place('c', [3])], [], [...units, 'vn.c.3']), shapes), false);
  assert.equal(areDrawn(map([]), shapes), false);
});

test('FG35 an archipelago is on a map by borders, and named, where nobody there is asked, with the country around who is', () => {
  const few = [place('a', [0]), { ...place('Hoàng Sa', [], 'Đà Nẵng'), path: 'vn.b.498' }];
  const shown = map(few, ['vn.b.2', 'vn.b.498'], ['vn.a.1']);
  assert.equal(areDrawn(shown, shapes), true);
  const { drawn: cells, ground } = piecesOf(shown, shapes);
  assert.deepEqual(
    [cells, ground].map((all) => all.map(({ key }) => key)),
    [['a'], ['b', 'Hoàng Sa']],
  );
  const size = { width: 420, height: 220 };
  const pieces = [...cells, ...ground];
  const view = viewOf(
    pieces.map(({ shape: one }) => one),
    size,
  );
  assert.deepEqual(
    labelsOf(few, pieces, view, size, () => [[90, 18]]).map(({ key, fits }) => [key, fits]),
    [
      ['a', true],
      ['Hoàng Sa', true],
    ],
  );
  assert.equal(areDrawn(map(few, ['vn.b.2'], ['vn.a.1']), shapes), false, 'without its borders it is tiles');
});

test('arrows lead to what lies ahead, rather straight on than near', () => {
  const at = (key: string, x: number, y: number): Label => ({ key, x, y, fits: true, way: 0 });
  const labels = [
    at('north', 50, 0),
    at('middle', 50, 50),
    at('east', 120, 55),
    at('beside', 60, 90),
    at('south', 50, 120),
  ];
  assert.equal(nearestAhead(labels, 'middle', 'ArrowUp'), 'north');
  assert.equal(nearestAhead(labels, 'middle', 'ArrowRight'), 'east');
  assert.equal(nearestAhead(labels, 'middle', 'ArrowDown'), 'beside');
  assert.equal(nearestAhead(labels, 'north', 'ArrowUp'), undefined);
  assert.equal(nearestAhead(labels, 'south', 'Home'), 'north');
});
