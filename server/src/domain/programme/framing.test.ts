import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sfuConfigSchema } from '@dieu-hanh/sfu-config';
import type { Scene } from '../../protocol/scene.ts';
import type { PictureCap } from '../shared/stage.ts';
import { framingOf } from './framing.ts';

const people = (n: number) => Array.from({ length: n }, (_, i) => `unit-${i}`);
const { camera } = sfuConfigSchema.parse({}).simulcast;
const top = camera.at(-1)?.bitrate ?? 0;
/** Of three temporal layers libwebrtc gives the first two six tenths. */
const bitrate = (cap: PictureCap | undefined): number =>
  (camera[Math.min(cap?.layers ?? 3, 3) - 1]?.bitrate ?? 0) * (cap?.halfFrames ? 0.6 : 1);

for (const n of [2, 4, 5, 9, 10, 16])
  test(`PN11 a gallery of ${n} costs less than one picture of 720p`, () => {
    const shown = people(n);
    const framing = framingOf({ kind: 'gallery', people: shown }, people(20));
    const sum = shown.reduce((bits, identity) => bits + bitrate(framing.get(identity)), 0);
    assert.ok(sum < top, `${sum} bit/s`);
    assert.deepEqual(framing.get('unit-19'), { layers: 1 }, 'who is not shown');
  });

test('PN11 the large ones are forwarded whole, the small ones as small as they are', () => {
  const caps = (scene: Scene) => Object.fromEntries(framingOf(scene, ['a', 'b', 'c']));
  assert.deepEqual(caps({ kind: 'solo', large: 'a' }), { b: { layers: 1 }, c: { layers: 1 } });
  assert.deepEqual(caps({ kind: 'pair', left: 'a', right: 'c' }), { b: { layers: 1 } });
  assert.deepEqual(caps({ kind: 'inset', large: 'a', small: 'b' }), { b: { layers: 2 }, c: { layers: 1 } });
  assert.deepEqual(caps({ kind: 'content', face: 'b' }), { a: { layers: 1 }, b: { layers: 2 }, c: { layers: 1 } });
  assert.deepEqual(Object.keys(caps({ kind: 'card', text: 'x' })), ['a', 'b', 'c']);
});
