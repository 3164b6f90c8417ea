import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PacedPieces } from './PacedPieces.ts';

const OF = 100;
/** A line that takes so long for a piece that its browser has not kept. @param kept those that it has */
async function fetched(msOf: (nr: number) => number, kept: Set<string>, before?: readonly number[]) {
  let now = 0;
  let sizes: readonly number[] = [];
  let sent = 0;
  const pieces = new PacedPieces({
    ...{ first: 10, most: 40 },
    ...(before && { before }),
    read: async (from, most) => {
      if (!kept.has(`${from} ${most}`)) {
        now += msOf(sent++);
        kept.add(`${from} ${most}`);
      }
      return Math.min(most, OF - from);
    },
    measure: (had) => ({ had, of: OF }),
    pause: async () => undefined,
    now: () => now,
    came: (told) => {
      sizes = [...told];
    },
  });
  const had = (await pieces.all()).reduce((sum, one) => sum + one, 0);
  assert.equal(had, OF);
  return { sizes, sent };
}

test('FG121 a page that is loaded anew on a poor line has all pieces from its browser, and sends for none', async () => {
  const kept = new Set<string>();
  const poor = await fetched((nr) => (nr < 2 ? 50 : 400), kept);
  assert.deepEqual(poor.sizes, [10, 20, 40, 20, 10]);
  assert.equal((await fetched(() => 400, kept, poor.sizes)).sent, 0);
});

test('FG108 FG121 a page whose browser kept none of what came on a better line asks for as little as its line carries', async () => {
  const again = await fetched(() => 400, new Set(), [10, 20, 40, 30]);
  assert.deepEqual(again.sizes, Array(10).fill(10));
});

test('FG121 what came before a page was loaded anew it has, and goes on from there as its line goes', async () => {
  const kept = new Set<string>();
  await fetched(() => 400, kept);
  const again = await fetched(() => 50, kept, [10, 10, 10]);
  assert.deepEqual(again.sizes, [10, 10, 10, 20, 40, 40]);
});
