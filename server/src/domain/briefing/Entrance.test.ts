import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Briefing } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import { Entrance } from './Entrance.ts';

const id = '6a65c4d6-bdcb-4a34-afea-4a75e2c49c31';
const setUp = (facts: { removed?: string[]; state?: Briefing['state']; away?: boolean }) => {
  const clock = { at: 0, now: () => new Date(clock.at) };
  const entrance = new Entrance({
    running: () => facts.removed && { removed: facts.removed },
    store: {
      find: async () => {
        if (facts.away) throw refuse('store-unavailable', 'away');
        return facts.state && ({ id, state: facts.state } as Briefing);
      },
    },
    clock,
  });
  return { clock, entrance };
};

test('EN1 a running briefing lets devices in without asking the store', async () => {
  await setUp({ removed: [], away: true }).entrance.check(id, 'a');
});

test('EN2 a removed device stays out', async () => {
  const { entrance } = setUp({ removed: ['b'] });
  await entrance.check(id, 'a');
  await assert.rejects(entrance.check(id, 'b'), { reason: 'forbidden' });
});

test('EN3 a briefing that is over or not open yet is shut, also for those with a good token', async () => {
  for (const state of ['scheduled', 'closed'] as const)
    await assert.rejects(setUp({ state }).entrance.check(id, 'a'), { reason: 'not-found' }, state);
  for (const state of ['open', 'live'] as const) await setUp({ state }).entrance.check(id, 'a');
});

test('EN4 rooms of other programs pass; of a name like a briefing’s only the store can tell', async () => {
  await setUp({ away: true }).entrance.check('a room', 'a');
  await setUp({}).entrance.check(id, 'a');
  await assert.rejects(setUp({ away: true }).entrance.check(id, 'a'), { reason: 'store-unavailable' });
});

test('EN5 a device whose session ended is out until it joins anew, or its last token is void', async () => {
  const { clock, entrance } = setUp({ removed: [] });
  entrance.expel('a', 900);
  await assert.rejects(entrance.check(id, 'a'), { reason: 'forbidden' });
  entrance.readmit('a');
  await entrance.check(id, 'a');
  entrance.expel('b', 900);
  clock.at = 901_000;
  await entrance.check(id, 'b');
});
