import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roomOf, rowsIn, wantOfRoom } from './figureRoom.ts';

test('a fill that would fill the disk is refused with the number of rows that fit', () => {
  assert.equal(wantOfRoom(100_000_000, roomOf(100_000_000), '/data'), undefined);
  assert.equal(
    wantOfRoom(100_000_000, roomOf(60_000_000), '/data'),
    '100000000 rows want 29.0 GB of /data, where 19.8 GB are free: --rows 60M fits there, and TMPDIR names another folder',
  );
  assert.match(wantOfRoom(1_000_000, 1e9, '/data') ?? '', /not one million fits/);
});

test('rows are a number, or millions', () => {
  assert.deepEqual(['0', '200000', '100M'].map(rowsIn), [0, 200_000, 100_000_000]);
  for (const text of ['', '1e6', '-1', '1.5M', 'many']) assert.throws(() => rowsIn(text), /is none/);
});
