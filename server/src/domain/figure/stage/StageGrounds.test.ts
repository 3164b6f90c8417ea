import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { gridGeoJson, gridTree } from '../../../../test/support/figure/gridGeoJson.ts';
import { type GroundPiece, groundSchema } from '../../../protocol/figureGround.ts';
import type { Unit } from '../../../protocol/organisation.ts';
import { makeBorders } from '../borders/makeBorders.ts';
import { matchUnits } from '../borders/matchUnits.ts';
import { readGeoJson } from '../borders/readGeoJson.ts';
import type { FigureStage } from './ports.ts';
import { StageGrounds } from './StageGrounds.ts';

const { borders } = makeBorders(matchUnits(readGeoJson([JSON.stringify(gridGeoJson(gridTree))], 'code'), gridTree));
let version = '1';
const tree = () => ({ version, subtree: () => gridTree as unknown as readonly Unit[] });
const shown = { briefing: 'b', version: 1, content: 'a'.repeat(64), root: 'vn', depth: 'provinces' } as const;

type Shown = Parameters<StageGrounds['of']>[0];

/** @param found before borders are */
function given(found: () => Promise<void> = async () => undefined) {
  const now = { id: 1 as number | undefined, looks: 0, reads: 0, reading: 0, atOnce: 0 };
  const there = new Map<string, Shown>();
  const grounds = new StageGrounds({
    tree,
    stage: (briefing) => {
      const { version = 0, content = null, ...what } = there.get(briefing) ?? {};
      return { briefing, version, content, what: content === null ? null : what } as FigureStage;
    },
    borders: async () => {
      now.looks += 1;
      await found();
      const { id } = now;
      if (id === undefined) return undefined;
      const read = async () => {
        now.reads += 1;
        now.reading += 1;
        now.atOnce = Math.max(now.atOnce, now.reading);
        await turn();
        now.reading -= 1;
        return id === 1 ? borders : undefined;
      };
      return { id, read };
    },
  });
  /** It is on the stage from then on. */
  const show = (next: Shown) => {
    there.set(next.briefing, next);
    return grounds.of(next);
  };
  /** As a clear, or the end of the briefing. */
  const clear = (briefing: string) => {
    there.delete(briefing);
    grounds.forget(briefing);
  };
  return { grounds, now, show, clear };
}

test('FG121 the ground of what is shown is made once, under the hash of its bytes, and comes in pieces', async () => {
  const { grounds, now, show } = given();
  const [sha256 = '', again] = await Promise.all([show(shown), show(shown)]);
  assert.equal(again, sha256);
  assert.equal(await show({ ...shown, briefing: 'another' }), sha256);
  assert.deepEqual([now.looks, now.reads], [2, 1], 'each tick looks at nothing');
  let text = '';
  for (let of = 1; text.length < of; ) {
    const written = await grounds.piece(shown, sha256, { from: text.length, most: 100 });
    assert.equal(
      await grounds.piece(shown, sha256, { from: text.length, most: 100 }),
      written,
      'FG107 written once for all',
    );
    const piece: GroundPiece = JSON.parse(written.toString());
    of = piece.of;
    text += piece.text;
  }
  assert.equal(createHash('sha256').update(text).digest('hex'), sha256);
  assert.equal(groundSchema.parse(JSON.parse(text)).units.length, 3);
  await assert.rejects(grounds.piece(shown, 'c'.repeat(64), { from: 0, most: 100 }), { reason: 'not-found' });
});

test('FG121 what is shown next is drawn by other borders, or as tiles', async () => {
  const { now, show } = given();
  assert.ok(await show(shown));
  now.id = 2;
  assert.equal(await show({ ...shown, version: 2, content: 'b'.repeat(64) }), undefined, 'they were taken away');
  now.id = undefined;
  assert.equal(await show({ ...shown, version: 3, content: 'c'.repeat(64) }), undefined, 'there were none');
});

test('FG122 with a mark in it, it stays as it was drawn, also where the tree is another by then', async () => {
  const { now, show } = given();
  const first = await show(shown);
  version = '2';
  assert.equal(await show({ ...shown, version: 2 }), first);
  assert.equal(now.reads, 1);
  assert.equal(await show({ ...shown, version: 3, content: 'b'.repeat(64) }), first);
  assert.equal(now.reads, 2, 'what is put there anew is drawn by the tree of then');
});

test('FG122 however many stages there are, each is drawn once, one after the other, and forgotten with its briefing', async () => {
  const { now, show, clear } = given();
  const stages = Array.from({ length: 100 }, (_, i) => ({ ...shown, briefing: `${i}`, root: `${i}` }));
  for (let round = 0; round < 3; round += 1) await Promise.all(stages.map((stage) => show(stage)));
  assert.deepEqual([now.looks, now.reads, now.atOnce], [100, 100, 1]);
  clear('0');
  await Promise.all(stages.map((stage) => show(stage)));
  assert.equal(now.looks, 101);
});

test('FG122 what could not be found is looked for again', async () => {
  let isAway = true;
  const failing = given(async () => {
    if (isAway) throw new Error('the store is away');
  });
  await assert.rejects(failing.show(shown), { message: 'the store is away' });
  isAway = false;
  assert.equal(await failing.show(shown), await given().show(shown));
});

test('FG122 what was there before and is asked for late takes the place of nothing, though the tree is another by then', async () => {
  const { grounds, now, show } = given();
  const next: Shown = { ...shown, version: 2, content: 'b'.repeat(64) };
  await show(shown);
  await show(next);
  const { looks, reads } = now;
  version = '3';
  await grounds.of(shown);
  await grounds.of(next);
  await grounds.of({ ...next, version: 3 });
  assert.deepEqual([now.looks - looks, now.reads - reads], [2, 1], 'the late one, and the mark, which changes nothing');
});

test('FG122 what is asked for while the stage is cleared, or after it, is kept for nobody', async () => {
  const { promise, resolve: go } = Promise.withResolvers<void>();
  const { grounds, now, show, clear } = given(() => promise);
  const asked = show(shown);
  clear(shown.briefing);
  const late = grounds.of(shown);
  go();
  assert.equal(await late, await asked);
  await grounds.of(shown);
  assert.equal(now.looks, 3, 'each looked for itself');
  await show({ ...shown, version: 3 });
  await grounds.of({ ...shown, version: 3 });
  assert.equal(now.looks, 4, 'and what is there is kept again');
});
