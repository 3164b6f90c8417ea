import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sfuConfigSchema } from '@dieu-hanh/sfu-config';
import type { OnStage, Scene } from '../../protocol/scene.ts';
import type { PictureCap } from '../shared/stage.ts';
import { framingOf } from './framing.ts';

const onStage = (n: number): OnStage[] =>
  Array.from({ length: n }, (_, i) => ({
    identity: `unit-${i}`,
    role: 'seat',
    since: `2026-01-01T08:${String(i).padStart(2, '0')}:00.000Z`,
  }));
const people = (n: number) => onStage(n).map((p) => p.identity);
const { camera } = sfuConfigSchema.parse({}).simulcast;
const top = camera.at(-1)?.bitrate ?? 0;
/** Of three temporal layers Chromium gives the first two seven tenths. */
const bitrate = (cap: PictureCap | undefined): number =>
  cap?.layers === 0 ? 0 : (camera[Math.min(cap?.layers ?? 3, 3) - 1]?.bitrate ?? 0) * (cap?.halfFrames ? 0.7 : 1);

for (const n of [2, 4, 5, 9, 10, 16])
  test(`PN11 a gallery of ${n} costs less than one picture of 720p, with those who wait for a cut, and others nothing`, () => {
    const framing = framingOf({ kind: 'gallery', people: people(n) }, onStage(20));
    const sum = [...framing.values()].reduce((bits, cap) => bits + bitrate(cap), 0);
    assert.ok(sum < top, `${sum} bit/s`);
    const waiting = n > 9 ? { layers: 0 } : { layers: 1, halfFrames: true };
    assert.deepEqual([framing.get('unit-19'), framing.get('unit-18')], [waiting, waiting], 'who came last');
    assert.deepEqual(framing.get('unit-17'), { layers: 0 }, 'who is not shown');
  });

test('PN11 the large ones are forwarded whole, the small ones as small as they are', () => {
  const caps = (scene: Scene) => Object.fromEntries(framingOf(scene, onStage(4)));
  const [small, waits, nothing] = [{ layers: 1 }, { layers: 1, halfFrames: true }, { layers: 0 }];
  const [a, b, c, d] = ['unit-0', 'unit-1', 'unit-2', 'unit-3'] as const;
  assert.deepEqual(caps({ kind: 'solo', large: a }), { [b]: nothing, [c]: waits, [d]: waits });
  assert.deepEqual(caps({ kind: 'pair', left: a, right: c }), { [b]: waits, [d]: waits });
  assert.deepEqual(caps({ kind: 'inset', large: a, small: b }), { [b]: { layers: 2 }, [c]: waits, [d]: waits });
  assert.deepEqual(caps({ kind: 'strip', large: a, others: [b, c, d] }), { [b]: small, [c]: small, [d]: small });
  assert.deepEqual(caps({ kind: 'content', face: b }), { [a]: nothing, [b]: { layers: 2 }, [c]: waits, [d]: waits });
  const figures = { kind: 'content', face: b, data: true } as const;
  assert.deepEqual(caps(figures), { [a]: nothing, [b]: small, [c]: waits, [d]: waits });
  assert.deepEqual(caps({ kind: 'card', text: 'x' }), { [a]: nothing, [b]: nothing, [c]: nothing, [d]: waits });
});

test('PN11 a principal who is not shown waits before others', () => {
  const [first, ...rest] = onStage(5) as [OnStage];
  const framing = framingOf({ kind: 'solo', large: 'unit-4' }, [{ ...first, role: 'principal' }, ...rest]);
  assert.deepEqual(
    [framing.get('unit-0')?.layers, framing.get('unit-3')?.layers, framing.get('unit-2')?.layers],
    [1, 1, 0],
  );
});
