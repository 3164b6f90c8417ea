import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordRoom } from './RecordRoom.ts';

test('SV16 SV17 a full disk is told once, and is over when room was found and nothing was refused meanwhile', async () => {
  let now = 0;
  let room = false;
  let tries = 0;
  const record = new RecordRoom({
    elapsed: () => now,
    try: async () => {
      tries += 1;
      if (!room) throw new Error('full');
    },
  });
  const told: boolean[] = [];
  record.on('changed', (writable) => told.push(writable));
  await record.look();
  assert.equal(tries, 0, 'where nothing was refused nothing is tried');
  record.refused();
  record.refused();
  now = 11_000;
  await record.look();
  assert.deepEqual([told, record.isWritable, tries], [[false], false, 1]);
  room = true;
  record.refused();
  now = 15_000;
  await record.look();
  assert.equal(record.isWritable, false, 'something was refused four seconds ago');
  now = 22_000;
  await record.look();
  assert.deepEqual([told, record.isWritable], [[false, true], true]);
});
