import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Layout } from './programme.ts';
import { type OnStage, type Scene, sceneOf } from './scene.ts';

const on = (identity: string, role: OnStage['role'], second: number): OnStage => {
  return { identity, role, since: new Date(second * 1000).toISOString() };
};
const pm = on('pm', 'principal', 5);
const a = on('a', 'seat', 1);
const b = on('b', 'seat', 9);
const c = on('c', 'seat', 10);
const principal = { by: 'principal' } as const;
const guest = { by: 'guest' } as const;
const seat = (identity: string) => ({ by: 'device', identity }) as const;
const deck = { kind: 'slides', deck: 'd' } as const;

const scene = (
  layout: Layout,
  people: readonly OnStage[],
  speaker: string | null = null,
  content: typeof deck | null = null,
) => sceneOf({ layout, content }, people, speaker);

const auto: Layout = { kind: 'auto' };
const automatic: readonly [string, readonly OnStage[], string | null, Scene][] = [
  ['nobody', [], 'pm', { kind: 'nobody' }],
  ['one', [a], null, { kind: 'solo', large: 'a' }],
  ['a principal first, while nobody has spoken', [a, pm], null, { kind: 'inset', large: 'pm', small: 'a' }],
  ['who speaks', [a, pm], 'a', { kind: 'inset', large: 'a', small: 'pm' }],
  ['one who is not on stage', [a, pm], 'gone', { kind: 'inset', large: 'pm', small: 'a' }],
  ['three', [a, b, pm], 'b', { kind: 'strip', large: 'b', others: ['pm', 'a'] }],
];
for (const [name, people, speaker, wanted] of automatic)
  test(`PN8 the automatic choice draws ${name}`, () => assert.deepEqual(scene(auto, people, speaker), wanted));

const chosen: readonly [string, Layout, readonly OnStage[], Scene][] = [
  ['solo', { kind: 'solo', who: guest }, [pm, a, b], { kind: 'solo', large: 'b' }],
  ['pair', { kind: 'pair', left: principal, right: guest }, [pm, a], { kind: 'pair', left: 'pm', right: 'a' }],
  ['inset', { kind: 'inset', large: guest, small: principal }, [pm, a], { kind: 'inset', large: 'a', small: 'pm' }],
  ['gallery', { kind: 'gallery', most: 4 }, [pm, a, b], { kind: 'gallery', people: ['pm', 'a', 'b'] }],
  ['card', { kind: 'card', text: 'Nghỉ' }, [pm], { kind: 'card', text: 'Nghỉ' }],
];
for (const [name, layout, people, wanted] of chosen)
  test(`PN4 ${name} as it was chosen`, () => assert.deepEqual(scene(layout, people), wanted));

const absent: readonly [string, Layout, readonly OnStage[], Scene][] = [
  ['one of a pair', { kind: 'pair', left: principal, right: guest }, [a], { kind: 'solo', large: 'a' }],
  ['the small one', { kind: 'inset', large: principal, small: seat('x') }, [pm, a], { kind: 'solo', large: 'pm' }],
  ['both', { kind: 'pair', left: seat('x'), right: seat('y') }, [pm, a], { kind: 'inset', large: 'pm', small: 'a' }],
  ['the only one', { kind: 'solo', who: seat('x') }, [pm], { kind: 'solo', large: 'pm' }],
  ['everybody', { kind: 'gallery', most: 9 }, [], { kind: 'nobody' }],
];
for (const [who, layout, people, wanted] of absent)
  test(`PN5 ${who} is not on stage: who is there is drawn`, () => assert.deepEqual(scene(layout, people), wanted));

test('PN4 the guest of a pair is who came last, and two who are the same one are shown once', () => {
  assert.deepEqual(scene({ kind: 'pair', left: principal, right: guest }, [pm, a, b]), {
    ...{ kind: 'pair', left: 'pm', right: 'b' },
  });
  assert.deepEqual(scene({ kind: 'pair', left: seat('a'), right: guest }, [a]), { kind: 'solo', large: 'a' });
});

test('PN9 a full gallery keeps who came first, and who came last', () => {
  const five = [pm, a, b, c, on('d', 'seat', 11)];
  assert.deepEqual(scene({ kind: 'gallery', most: 4 }, five), { kind: 'gallery', people: ['pm', 'a', 'b', 'd'] });
});

test('PN8 content that is there is shown with the face of who speaks; without it its layout is automatic', () => {
  assert.deepEqual(scene(auto, [pm, a], 'a', deck), { kind: 'content', face: 'a' });
  assert.deepEqual(scene({ kind: 'content', face: null }, [pm], null, deck), { kind: 'content', face: null });
  const figures = sceneOf({ layout: auto, content: { kind: 'figures' } }, [pm], null);
  assert.deepEqual(figures, { kind: 'content', face: 'pm', data: true });
  assert.deepEqual(scene({ kind: 'content', face: principal }, [pm]), { kind: 'solo', large: 'pm' });
});
