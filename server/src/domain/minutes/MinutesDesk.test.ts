import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { person } from '../../../test/support/floorPeople.ts';
import { MOST_WAITING } from './limits.ts';
import { MinutesDesk, type MinutesParts } from './MinutesDesk.ts';

const briefing = { id: 'b', state: 'closed', liveAt: 'then', closedAt: '2026-11-26T03:00:00Z', language: 'vi' };

test('MN8 TR17 minutes of sessions wait for their turn before anything of them is read, and no more do than of briefings', async () => {
  const { promise: read, resolve } = Promise.withResolvers<never[]>();
  let reads = 0;
  const store: Partial<MinutesParts['store']> = {
    seen: async () => new Map(),
    staged: async () => ({ acts: [], more: 0 }),
    sheet: async () => ({}) as never,
    clockSteps: async () => [],
    cards: async () => [],
    stageActs: () => {
      reads += 1;
      return read;
    },
  };
  const desk = new MinutesDesk({ store, readBriefing: async () => briefing } as unknown as MinutesParts);
  const { account } = person('b', 'moderator', 'vn.79');
  const asked = Array.from({ length: MOST_WAITING + 5 }, (_, n) =>
    desk.file(account, 'b', 'pdf', { session: `7${n}` }).then(
      () => 'made',
      ({ reason }: { reason: string }) => reason,
    ),
  );
  await turn();
  assert.equal(reads, 1);
  resolve([]);
  const waited = Array<string>(MOST_WAITING).fill('not-found');
  assert.deepEqual(await Promise.all(asked), [...waited, ...Array<string>(5).fill('busy')]);
});
