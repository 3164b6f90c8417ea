import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tier } from '../../protocol/organisation.ts';
import { planRoster } from './planRoster.ts';
import { RosterRefused, type RosterRow, type UnitVersion } from './roster.ts';

const tiers: Tier[] = ['nation', 'province', 'district', 'commune'].map((id, rank) => ({
  id,
  rank,
  name: id,
  nameEn: id,
}));
let line = 0;
const row = (code: string, parent: string | null, tier: string, over: Partial<RosterRow> = {}): RosterRow => {
  return { line: ++line, code, parent, tier, name: code, validFrom: '2021-01-01', validTo: null, ...over };
};
const country = () => [
  row('vn', null, 'nation'),
  row('p1', 'vn', 'province'),
  row('p2', 'vn', 'province'),
  row('d1', 'p1', 'district'),
  row('c1', 'd1', 'commune'),
  row('c2', 'd1', 'commune'),
];
const start = (): UnitVersion[] => [...planRoster({ tiers: [], versions: [] }, tiers, country()).added];
const plan = (rows: RosterRow[], versions = start()) => planRoster({ tiers, versions }, [], rows);
const errorsOf = (rows: RosterRow[], versions = start()): string[] => {
  try {
    plan(rows, versions);
  } catch (error) {
    if (error instanceof RosterRefused) return error.errors.map((e) => e.message);
    throw error;
  }
  return [];
};

test('RO1 a file into an empty store opens every unit with its path', () => {
  const paths = start().map((v) => v.path);
  assert.deepEqual(paths, ['vn', 'vn.p1', 'vn.p2', 'vn.p1.d1', 'vn.p1.d1.c1', 'vn.p1.d1.c2']);
});

test('RO2 the same file again changes nothing', () => {
  assert.deepEqual(plan(country()), { tiers: [], added: [], ended: [], closed: [], contacts: [] });
});

test('RO3 a new name begins a new version on its day', () => {
  const { added, ended } = plan([row('c1', 'd1', 'commune', { name: 'New', validFrom: '2024-07-01' })]);
  assert.deepEqual(ended, [{ code: 'c1', validTo: '2024-07-01' }]);
  assert.deepEqual(
    added.map((v) => [v.code, v.name, v.validFrom, v.path]),
    [['c1', 'New', '2024-07-01', 'vn.p1.d1.c1']],
  );
});

test('RO4 a unit that moves takes its subtree along', () => {
  const { added, ended } = plan([row('d1', 'p2', 'district', { validFrom: '2025-07-01' })]);
  assert.deepEqual(
    added.map((v) => [v.path, v.validFrom]),
    [
      ['vn.p2.d1', '2025-07-01'],
      ['vn.p2.d1.c1', '2025-07-01'],
      ['vn.p2.d1.c2', '2025-07-01'],
    ],
  );
  assert.deepEqual(
    ended.map((e) => e.validTo),
    ['2025-07-01', '2025-07-01', '2025-07-01'],
  );
});

test('RO5 districts are abolished: communes move up, districts close', () => {
  const { added, closed } = plan([
    row('c1', 'p1', 'commune', { validFrom: '2025-07-01' }),
    row('c2', 'p1', 'commune', { validFrom: '2025-07-01' }),
    row('d1', 'p1', 'district', { validTo: '2025-07-01' }),
  ]);
  assert.deepEqual(
    added.map((v) => v.path),
    ['vn.p1.c1', 'vn.p1.c2'],
  );
  assert.deepEqual(closed, [{ code: 'd1', closedOn: '2025-07-01' }]);
});

test('RO6 a closed code is never reissued', () => {
  const versions = start().map((v) => (v.code === 'c2' ? { ...v, validTo: '2024-01-01' } : v));
  assert.deepEqual(errorsOf([row('c2', 'd1', 'commune', { validFrom: '2026-01-01' })], versions), [
    'code c2 was closed and is never reissued',
  ]);
});

test('RO7 every error of a file is told, with its line', () => {
  const rows = [
    row('x1', 'nowhere', 'commune'),
    row('x2', 'c1', 'commune'),
    row('x3', 'd1', 'village'),
    row('x4', 'd1', 'commune'),
    row('x4', 'd1', 'commune'),
    row('x5', null, 'nation'),
    row('x6', 'd1', 'commune', { validTo: '2020-01-01' }),
    row('c1', 'd1', 'commune', { name: 'Other' }),
    row('p1', 'vn', 'province', { validTo: '2025-07-01' }),
  ];
  const errors = errorsOf(rows);
  for (const expected of [
    'there is no parent nowhere',
    'tier commune cannot stand below tier commune',
    'there is no tier village',
    'x5 is a second root',
    'validTo must be after validFrom',
    'c1 changes, so validFrom must be after 2021-01-01',
    'd1 stands below p1, which is closed',
  ])
    assert.ok(errors.includes(expected), `${expected}\n${errors.join('\n')}`);
  assert.ok(errors.some((e) => e.startsWith('code x4 stands on line')));
});

test('RO8 a ring of parents is refused', () => {
  assert.ok(errorsOf([row('y1', 'y2', 'district'), row('y2', 'y1', 'district')]).length > 0);
  assert.ok(errorsOf([row('y3', 'y3', 'commune', { validTo: '2025-01-01' })]).length > 0);
});

test('RO9 tiers that changed are written, the others are not', () => {
  const changed = { id: 'nation', rank: 0, name: 'Quốc gia', nameEn: 'Nation' };
  const { tiers: written } = planRoster({ tiers, versions: start() }, [changed, ...tiers.slice(1)], []);
  assert.deepEqual(written, [changed]);
});
