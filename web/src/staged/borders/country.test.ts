import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Borders } from '../../api/contract.ts';
import { enlarged, roomsOf, titleBoxes } from './enlarged.ts';
import { labelsOf, type Piece, viewOf } from './layBorders.ts';
import { shapesOf } from './shapes.ts';

const file = '../../../../server/src/domain/figure/borders/country/provinces.borders.json';
const country = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Omit<Borders, 'insets'> & {
  readonly insets: Record<number, Borders['insets']>;
  readonly parts: Record<string, readonly string[]>;
};
/** As the server makes them, but for the lines within the 34. */
function shipped(kind: 63 | 34): Borders {
  const { ratio, steps, arcs, units, insets, parts } = country;
  const seas = units.filter(({ sea }) => sea !== undefined);
  const land = units.filter(({ sea }) => sea === undefined);
  const joined = Object.entries(parts).map(([code, of]) => ({
    code,
    rings: land.filter((unit) => of.includes(unit.code)).flatMap(({ rings }) => rings),
  }));
  return { ratio, steps, arcs, units: [...(kind === 63 ? land : joined), ...seas], insets: insets[kind] };
}
/** A map at a desk, on a telephone, and on the stage of one. */
const rooms = [
  [900, 560],
  [374, 437],
  [374, 300],
] as const;

for (const kind of [63, 34] as const)
  for (const [width, height] of rooms)
    test(`FG163 each of ${kind} provinces has its number or its rank on a map of ${width} by ${height}, none over another`, () => {
      const borders = shipped(kind);
      const { byCode, insets } = shapesOf(borders);
      const own = [...byCode].map(([key, shape]) => ({ key, shape }));
      const pieces = [...own, ...enlarged(own, insets)];
      const size = { width, height };
      const view = viewOf([...pieces.map(({ shape }) => shape), ...roomsOf(insets)], size);
      const places = own.map(({ key }) => ({ key, of: key.includes(' ') ? 'x' : undefined }));
      const titles = titleBoxes(insets, view, 16, 'vi');
      const ways = [
        [96, 17],
        [44, 17],
        [18, 16],
      ] as const;
      const labels = labelsOf(
        places,
        pieces,
        view,
        size,
        ({ of }) => (of ? [[90, 30]] : ways),
        undefined,
        true,
        titles,
      );
      assert.deepEqual(
        labels.filter(({ fits }) => !fits).map(({ key }) => key),
        [],
      );
      const boxes = labels.map(({ key, x, y, way }) => {
        const [wide, high] = key.includes(' ') ? [90, 30] : (ways[way] ?? [0, 0]);
        return { key, box: [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2] as const };
      });
      const over = boxes.flatMap(({ key, box: a }, i) =>
        boxes
          .slice(i + 1)
          .filter(({ box: b }) => a[0] < b[2] - 0.01 && b[0] < a[2] - 0.01 && a[1] < b[3] - 0.01 && b[1] < a[3] - 0.01)
          .map((other) => `${key} and ${other.key}`),
      );
      assert.deepEqual(over, []);
      const onTitles = boxes.filter(
        ({ key, box: a }) =>
          !key.includes(' ') && titles.some((b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]),
      );
      assert.deepEqual(onTitles, [], 'nor over the name of a region that stands enlarged');
    });

test('FG162 what of a province lies in a small region stands there once more, enlarged, and says how much of it that is', () => {
  const { byCode, insets } = shapesOf(shipped(63));
  const [delta] = insets;
  assert.ok(delta);
  const own = [...byCode].map(([key, shape]): Piece => ({ key, shape }));
  const large = enlarged(own, [delta]);
  const partOf = (key: string): number => large.find((one) => one.key === key)?.part ?? 0;
  assert.ok(partOf('33') > 0.98, 'Hưng Yên as a whole');
  assert.ok(partOf('22') < 0.6, 'of Quảng Ninh a corner at most');
  assert.equal(partOf('79'), 0, 'nothing of the south');
  const [x0, y0, x1, y1] = delta.to;
  for (const { shape } of large) {
    const { box } = shape;
    assert.ok(box[0] >= x0 - 1e-3 && box[1] >= y0 - 1e-3 && box[2] <= x1 + 1e-3 && box[3] <= y1 + 1e-3);
  }
});
