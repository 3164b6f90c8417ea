import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Label, labelsOf } from './layBorders.ts';
import { shapesOf } from './shapes.ts';

/** Two squares, the larger one on the left. */
const { byCode } = shapesOf({
  ...{ ratio: 1, steps: 100 },
  arcs: [
    [0, 0, 60, 0, 0, 60, -60, 0, 0, -60],
    [62, 20, 20, 0, 0, 20, -20, 0, 0, -20],
  ],
  units: [
    { code: 'large', rings: [[0]] },
    { code: 'small', rings: [[1]] },
  ],
});
const pieces = [...byCode].map(([key, shape]) => ({ key, shape }));
const places = pieces.map(({ key }) => ({ key, of: undefined }));
const view = { scale: 100, left: 0, top: 0 };
const named = (pointed?: string) =>
  labelsOf(
    places,
    pieces,
    view,
    { width: 100, height: 100 },
    () => [
      [60, 24],
      [18, 14],
    ],
    pointed,
  ).map(({ key, fits, way }: Label) => [key, fits, way]);

test('FG121 where there is no room for a name there may be some for the value alone', () => {
  assert.deepEqual(named(), [
    ['large', true, 0],
    ['small', true, 1],
  ]);
});

test('FG121 what is pointed at is named before all others', () => {
  assert.deepEqual(named('small'), [
    ['large', true, 1],
    ['small', true, 0],
  ]);
});

test('FG121 FG163 so it is where each place has a way to be written, and the others are written around it', () => {
  const ways = [
    [60, 24],
    [18, 14],
  ] as const;
  const labels = labelsOf(places, pieces, view, { width: 100, height: 100 }, () => ways, 'small', true);
  assert.deepEqual(
    labels.map(({ key, fits, way }) => [key, fits, way]),
    [
      ['large', true, 1],
      ['small', true, 0],
    ],
  );
});
