import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scene, Speaker } from '../../api/contract.ts';
import { CONTENT } from './arrange.ts';
import { asAllSee, sceneFor, zoomed } from './ownView.ts';

const on = (...identities: string[]) => identities.map((identity) => ({ seat: { identity } })) as Speaker[];
const pair: Scene = { kind: 'pair', left: 'a', right: 'b' };

test('PN27 a viewer sees whom they have pinned, and what all see while that one is not on stage', () => {
  assert.deepEqual(sceneFor(asAllSee, pair, on('a', 'b')), pair);
  const pinned = { pinned: 'b', zoom: 1 };
  assert.deepEqual(sceneFor(pinned, pair, on('a', 'b')), { kind: 'solo', large: 'b' });
  assert.deepEqual(sceneFor(pinned, { kind: 'solo', large: 'a' }, on('a')), { kind: 'solo', large: 'a' });
});

test('PN27 no pin goes over a card, and what is shown is pinned without the face beside it', () => {
  const card: Scene = { kind: 'card', text: 'Tạm nghỉ' };
  assert.deepEqual(sceneFor({ pinned: 'a', zoom: 1 }, card, on('a')), card);
  const shown = { kind: 'content', face: 'a' } as const;
  assert.deepEqual(sceneFor({ pinned: CONTENT, zoom: 1 }, shown, on('a')), { ...shown, face: null });
  assert.deepEqual(sceneFor({ pinned: CONTENT, zoom: 1 }, pair, on('a', 'b')), pair);
});

test('PN27 a picture is enlarged three times at most', () => {
  assert.deepEqual([zoomed(1, -1), zoomed(1, 1), zoomed(2, 1), zoomed(3, 1), zoomed(3, -1)], [1, 1.5, 3, 3, 2]);
});
