import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Seat } from '../../api/contract.ts';
import { plateOf } from './plateOf.ts';
import { plateRoomOf } from './plateRoomOf.ts';

const unit = { identity: 'x', account: crypto.randomUUID(), unit: 'x', path: 'vn.79.760.x', role: 'seat' } as const;
const seat = (more: object): Seat => ({ ...unit, name: 'UBND phường Tân Định', ...more }) as Seat;
const above = ['Quận 1', 'Thành phố Hồ Chí Minh'];

test('PN10 a plate says the unit and the units above it, or the person with title over all of them', () => {
  // The number stays with its word where a line ends.
  const where = 'Quận\u00a01, Thành phố Hồ Chí Minh';
  assert.deepEqual(plateOf({ seat: seat({ person: null }), above }), {
    ...{ first: 'UBND phường Tân Định', second: where, short: 'Phường Tân Định', bare: 'Tân Định' },
  });
  const person = { name: 'Nguyễn Văn An', title: 'Chủ tịch' };
  assert.deepEqual(plateOf({ seat: seat({ person }), above }), {
    first: 'Nguyễn Văn An, Chủ tịch',
    second: `UBND phường Tân Định, ${where}`,
    short: 'Phường Tân Định',
    bare: 'Tân Định',
  });
  const untitled = seat({ person: { name: 'Nguyễn Văn An', title: '' } });
  assert.equal(plateOf({ seat: untitled, above: [] }).first, 'Nguyễn Văn An');
  assert.deepEqual(plateOf({ seat: { ...seat({}), name: 'Thủ tướng Chính phủ' } }), {
    ...{ first: 'Thủ tướng Chính phủ', second: '', short: 'Thủ tướng Chính phủ', bare: 'Thủ tướng Chính phủ' },
  });
});

test('PN37 in the smallest pictures the name of a unit stands without what it is, so that more is read of it than that', () => {
  const bare = (name: string) => plateOf({ seat: seat({ name, person: null }), above: [] }).bare;
  assert.deepEqual(['UBND phường Đa Kao', 'UBND thị trấn Cát Tiên', 'UBND phường 14'].map(bare), [
    ...['Đa Kao', 'Cát Tiên', 'Phường 14'],
  ]);
  assert.equal(plateRoomOf(142, 730), 'bare');
  assert.equal(plateRoomOf(160, 730), 'unit');
});
