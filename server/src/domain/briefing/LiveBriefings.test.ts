import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Briefing, BriefingState } from '../../protocol/briefing.ts';
import { LiveBriefings } from './LiveBriefings.ts';

const states: readonly BriefingState[] = ['scheduled', 'open', 'live', 'closed'];
const briefing = (epoch: number, id = 'b'): Briefing => ({
  ...{ id, epoch, state: states[epoch] ?? 'closed', title: 'T', stage: 'vn', scope: ['vn'], expected: 1 },
  ...{ scheduledAt: '2026-09-02T07:00:00.000Z', openedAt: null, liveAt: null, closedAt: null },
  ...{ agenda: [], producers: [], language: 'vi', rehearsal: false, notice: null },
});

function world() {
  const stored = new Map<string, Briefing>();
  const live = new LiveBriefings({
    running: async () => [...stored.values()].filter(({ state }) => state === 'open' || state === 'live'),
    find: async (id) => stored.get(id),
  });
  const told: string[] = [];
  live.on('changed', ({ id, state }) => told.push(`${id} ${state}`));
  return { stored, live, told };
}

test('an older state is ignored, and before the doors are open and after the end nothing is kept', () => {
  const { live, told } = world();
  for (const epoch of [0, 2, 1, 2]) live.apply(briefing(epoch));
  assert.deepEqual(told, ['b live']);
  for (const epoch of [3, 3]) live.apply(briefing(epoch));
  assert.deepEqual([told, live.get('b')], [['b live', 'b closed'], undefined]);
});

test('the sweep tells what hints have lost: a briefing that became live, and one that has ended', async () => {
  const { stored, live, told } = world();
  for (const id of ['a', 'b']) {
    stored.set(id, briefing(1, id));
    live.apply(briefing(1, id));
  }
  stored.set('a', briefing(2, 'a')).set('b', briefing(3, 'b'));
  told.length = 0;
  await live.sweep();
  await live.sweep();
  assert.deepEqual(told, ['a live', 'b closed']);
  assert.deepEqual([live.get('a')?.state, live.get('b')], ['live', undefined]);
  live.apply(briefing(2, 'b'));
  await live.sweep();
  assert.equal(live.get('b'), undefined, 'a hint that comes after the end does not bring it back');
  assert.deepEqual(told, ['a live', 'b closed'], 'not even for a moment');
});
