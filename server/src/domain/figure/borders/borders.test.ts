import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { gridGeoJson, gridTree, treeOf } from '../../../../test/support/figure/gridGeoJson.ts';
import { countryRows } from '../../../demo/country.ts';
import { bordersSchema } from '../../../protocol/figureBorders.ts';
import { BORDERS_LARGEST } from '../../../protocol/limits.ts';
import { BordersRefusal } from './BordersRefusal.ts';
import { makeBorders } from './makeBorders.ts';
import { matchUnits } from './matchUnits.ts';
import { positionsFor, readGeoJson } from './readGeoJson.ts';

const made = (file: unknown, units = gridTree) =>
  makeBorders(matchUnits(readGeoJson([JSON.stringify(file)], 'code'), units));
const grid = gridGeoJson(gridTree);
const less = (...codes: string[]) => ({
  ...grid,
  features: grid.features.filter(({ properties }) => !codes.includes(properties.code ?? '')),
});
const moved = (code: string, by: number) => ({
  ...grid,
  features: grid.features.map((feature) =>
    feature.properties.code !== code
      ? feature
      : {
          ...feature,
          geometry: {
            ...feature.geometry,
            coordinates: feature.geometry.coordinates.map((ring) => ring.map(([x = 0, y = 0]) => [x + by, y])),
          },
        },
  ),
});

test('FG35 neighbours share the line between them, and each unit has its own area', () => {
  const { borders } = made(grid);
  assert.deepEqual(
    borders.units.map(({ code }) => code),
    ['001', '002', '003', '004', '498', '22736', '22739'],
  );
  const linesOf = (code: string): number[] =>
    borders.units
      .find((one) => one.code === code)
      ?.rings.flat()
      .map((nr) => (nr < 0 ? ~nr : nr)) ?? [];
  const [one, other] = [linesOf('001'), linesOf('002')];
  assert.equal(one.filter((nr) => other.includes(nr)).length, 1);
  assert.equal(
    linesOf('498').some((nr) => one.includes(nr)),
    false,
  );
  assert.ok(borders.ratio > 0.5 && borders.ratio < 1.2, `${borders.ratio}`);
  bordersSchema.parse(borders);
});

test('FG35 a map of the country without either archipelago, or with it elsewhere, is refused in words', () => {
  assert.throws(() => made(less('498')), /does not have the archipelago Hoàng Sa where it lies/);
  assert.throws(() => made(less('22736', '22739')), /does not have the archipelago Trường Sa/);
  assert.throws(() => made(moved('498', -3)), /does not have the archipelago Hoàng Sa where it lies/);
  const without = gridTree.filter(({ name }) => !name.endsWith('Hoàng Sa'));
  assert.throws(() => made(less('498'), without), /the tree has no unit for Hoàng Sa/);
});

test('a file that is not of the tree of today is refused, with the names of what is wrong', () => {
  assert.throws(() => made(less('002', '004')), /no area for 2 of 7 units.*Xã 002 \(002\), Xã 004 \(004\)/);
  const strange = { ...grid, features: [...grid.features, { ...grid.features[0], properties: { code: '999' } }] };
  assert.throws(() => made(strange), /1 codes of the file are of no unit.*999/);
});

test('what is no GeoJSON of this country is refused, with the place in it', () => {
  const [first] = grid.features;
  const withGeometry = (geometry: unknown) => ({ ...grid, features: [{ ...first, geometry }] });
  for (const [file, words] of [
    ['{', /no list "features"/],
    ['[]', /no list "features"/],
    ['{"features":4}', /no FeatureCollection/],
    ['{"features":[{"a":}]}', /feature 1 is not JSON/],
    ['{"features":[],x}', /the file is not JSON/],
    [{ features: [null] }, /the list "features" is broken/],
    [{ features: [{ properties: { ma: '1' }, geometry: null }] }, /no text "code".*--property/],
    [withGeometry(null), /"geometry" of feature 1/],
    [withGeometry({ type: 'Point', coordinates: [105, 21] }), /neither a Polygon/],
    [
      withGeometry({
        type: 'Polygon',
        coordinates: [
          [
            [105, 21],
            [106, 21],
            [105, 21],
          ],
        ],
      }),
      /fewer than four/,
    ],
    [
      withGeometry({
        type: 'Polygon',
        coordinates: [
          [
            [105, 21],
            [106, 21],
            [106, 22],
            [105, 22],
          ],
        ],
      }),
      /end where it begins/,
    ],
    [
      withGeometry({
        type: 'Polygon',
        coordinates: [
          [
            [21, 105],
            [21, 106],
            [22, 106],
            [21, 105],
          ],
        ],
      }),
      /longitude first/,
    ],
  ] as const) {
    const text = typeof file === 'string' ? file : JSON.stringify(file);
    assert.throws(
      () => readGeoJson([text], 'code'),
      (error) => error instanceof BordersRefusal && words.test(error.message),
      text.slice(0, 80),
    );
  }
});

test('a country of ten thousand units is small enough for a telephone, whatever its file was', async (t) => {
  const units = treeOf(await countryRows());
  const { borders, bytes } = made(gridGeoJson(units), units);
  assert.equal(borders.units.length, 10_056);
  const packed = gzipSync(bytes).length;
  t.diagnostic(`${packed} bytes packed, ${bytes.length} bytes, ${borders.arcs.length} lines`);
  assert.ok(packed <= BORDERS_LARGEST);
});

test('FG112 a file is read feature by feature, wherever its pieces end, and of what stands beside their areas nothing is kept', () => {
  const junk = { more: Array(2_000).fill([]), text: '}],{["\\' };
  const stuffed = {
    name: 'a',
    features: grid.features.map((one) => ({ ...one, properties: { ...one.properties, ...junk } })),
  };
  const text = JSON.stringify(stuffed);
  const pieces = Array.from({ length: Math.ceil(text.length / 7) }, (_, i) => text.slice(7 * i, 7 * i + 7));
  assert.deepEqual(readGeoJson(pieces, 'code'), readGeoJson([JSON.stringify(grid)], 'code'));
});

test('FG112 a file with more positions than there is memory for is refused, and so is a feature without an end', () => {
  const text = JSON.stringify(grid);
  const all = grid.features.reduce((sum, { geometry }) => sum + (geometry.coordinates[0]?.length ?? 0), 0);
  assert.equal(readGeoJson([text], 'code', all).length, grid.features.length);
  assert.throws(() => readGeoJson([text], 'code', all - 1), {
    message: `the file has more than ${all - 1} positions, for which there is memory: make its lines simpler first`,
  });
  assert.equal(positionsFor(100_000_000), 250_000);
  assert.equal(positionsFor(400_000_000), 2_000_000);
  assert.equal(positionsFor(64 * 2 ** 30), 5_000_000);
  const endless = function* () {
    yield '{"features":[{"properties":[';
    for (;;) yield '[],'.repeat(1_000_000);
  };
  assert.throws(
    () => readGeoJson(endless(), 'code'),
    /something in the list "features" is longer than 16777216 characters/,
  );
});
