import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StagedPiece } from '../api/contract.ts';
import { UnitPieces } from './UnitPieces.ts';

const COUNT = 2_500;
const names = Array.from({ length: COUNT }, (_, i) => `Xã ${i}`);

/** A line that takes so long for a piece. @param fails the number of the piece that does not come the first time */
function line(msOf: (most: number) => number, fails?: number) {
  let now = 0;
  const asked: (readonly [from: number, most: number])[] = [];
  const had: number[] = [];
  let paused = 0;
  const pieces = new UnitPieces({
    read: async (from, most): Promise<StagedPiece> => {
      asked.push([from, most]);
      if (asked.length === fails) throw new Error('no line');
      now += msOf(most);
      const own = names.slice(from, from + most);
      return { of: COUNT, units: own, names: own, values: own.map((_, i) => from + i), states: 'f'.repeat(own.length) };
    },
    pause: async (ms) => {
      paused += ms;
      now += ms;
    },
    came: (count, of) => {
      assert.equal(of, COUNT);
      had.push(count);
    },
    now: () => now,
  });
  return { pieces, asked, had, paused: () => paused };
}

test('FG108 a quick line carries units by name in pieces that grow, without a pause', async () => {
  const { pieces, asked, paused } = line(() => 20);
  const all = await pieces.all();
  assert.deepEqual(asked, [
    [0, 400],
    [400, 800],
    [1200, 1600],
  ]);
  assert.deepEqual([all.names, all.values.at(-1), all.states.length, paused()], [names, COUNT - 1, COUNT, 0]);
});

test('FG108 a slow line carries small ones, and is left alone in between; what came is kept when one does not', async () => {
  const { pieces, asked, had, paused } = line((most) => 150 + most / 4, 3);
  await assert.rejects(pieces.all(), /no line/);
  const { names: found } = await pieces.all();
  assert.deepEqual(found, names);
  assert.deepEqual(
    asked.map(([from]) => from),
    [0, 400, 800, 800, 1200, 1600, 2000, 2400],
  );
  assert.ok(asked.every(([, most]) => most === 400));
  assert.equal(had.at(-1), COUNT);
  assert.equal(paused(), 6 * 62.5, 'a quarter of the time that each took');
});
