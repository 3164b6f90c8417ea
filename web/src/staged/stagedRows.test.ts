import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StagedPicture } from '../api/contract.ts';
import { placed } from './stagedCommunes.ts';
import { placesBelow, seasOf } from './stagedRows.ts';

const picture = (root: string, units: StagedPicture['units'] = [], names: readonly string[] = []): StagedPicture =>
  ({ root, units, names }) as unknown as StagedPicture;
const communes = (root: string, ...all: readonly (readonly [path: string, name: string, value: number | null])[]) =>
  placed(
    {
      units: all.map(([path]) => path),
      names: all.map(([, name]) => name),
      values: all.map(([, , value]) => value),
      states: all.map(([, , value]) => (value === null ? 'n' : value < 0 ? 's' : 'f')).join(''),
    },
    root,
  );

test('FG65 what is right below a district reports itself, and has its tile and its row by name', () => {
  const own = communes(
    'vn.79.769',
    ['vn.79.769.26734', 'Phường Tân Định', 12],
    ['vn.79.769.26737', 'Phường Đa Kao', null],
    ['vn.79.769.26740', 'Phường Bến Nghé', -3],
  );
  assert.deepEqual(placesBelow(picture('vn.79.769'), own), [
    { unit: ['26734', 12, 1, 1], name: 'Phường Tân Định', isLowest: true },
    { unit: ['26737', null, 0, 1], name: 'Phường Đa Kao', isLowest: true },
    { unit: ['26740', -3, 0, 1], name: 'Phường Bến Nghé', isLowest: true },
  ]);
  assert.deepEqual(placesBelow(picture('vn.79.769'), undefined), [], 'until they are here');
});

test('FG65 one that reports itself beside districts stands in its place among them', () => {
  const own = communes(
    'vn.77',
    ['vn.77.747.26506', 'Phường 1', 4],
    ['vn.77.755', 'Huyện Côn Đảo', 7],
    ['vn.77.760.26700', 'Xã Tóc Tiên', 2],
  );
  const shown = picture(
    'vn.77',
    [
      ['747', 4, 1, 1],
      ['760', 2, 1, 1],
    ],
    ['Vũng Tàu', 'Phú Mỹ'],
  );
  const below = placesBelow(shown, own);
  assert.deepEqual(
    below.map(({ unit: [code, value], name, isLowest }) => [code, value, name, isLowest]),
    [
      ['747', 4, 'Vũng Tàu', false],
      ['755', 7, 'Huyện Côn Đảo', true],
      ['760', 2, 'Phú Mỹ', false],
    ],
  );
  assert.deepEqual(seasOf(shown, below), [], 'the sea is the country’s');
});

test('FG65 a unit that is shown alone is its own tile', () => {
  const own = communes('vn.77.755', ['vn.77.755', 'Huyện Côn Đảo', 7]);
  assert.deepEqual(placesBelow(picture('vn.77.755'), own), [
    { unit: ['755', 7, 1, 1], name: 'Huyện Côn Đảo', isLowest: true },
  ]);
});

test('FG35 the country as a table has Hoàng Sa and Trường Sa, with their provinces', () => {
  const whole = picture('vn', [['48', 5, 6, 7]], ['Đà Nẵng']);
  const seas = seasOf(whole, placesBelow(whole, undefined));
  assert.deepEqual(
    seas.map(({ place, ...sea }) => ({ ...sea, value: place?.unit[1] })),
    [
      { name: 'Hoàng Sa', of: 'Đà Nẵng', isWithin: true, value: 5 },
      { name: 'Trường Sa', of: 'Khánh Hòa', isWithin: false, value: undefined },
    ],
    'FG161 with the value of the province',
  );
});
