import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Briefing } from '../api/contract.ts';
import { nextOne, whereTo } from './whereTo.ts';

const at = (hour: number) => `2026-09-02T0${hour}:00:00.000Z`;
const briefing = (id: string, state: Briefing['state'], hour: number) =>
  ({
    ...{ id, state, scheduledAt: at(hour) },
    openedAt: state === 'scheduled' ? null : at(hour),
    liveAt: state === 'live' ? at(hour) : null,
  }) as Briefing;

test('SN6 a screen goes to what is live, else to open doors, and to the newest of them', () => {
  const all = [
    briefing('a', 'closed', 1),
    briefing('b', 'open', 3),
    briefing('c', 'live', 1),
    briefing('d', 'live', 2),
  ];
  assert.equal(whereTo(all)?.id, 'd');
  assert.equal(whereTo(all.slice(0, 2))?.id, 'b');
  assert.equal(whereTo(all.slice(0, 1)), undefined);
});

test('SN6 between briefings the next one is named, also while it is late, but not all day', () => {
  const all = [briefing('a', 'scheduled', 1), briefing('b', 'scheduled', 5), briefing('c', 'scheduled', 3)];
  assert.equal(nextOne(all, Date.parse(at(2)))?.id, 'a');
  assert.equal(nextOne(all, Date.parse(at(4)))?.id, 'c');
  assert.equal(nextOne([briefing('x', 'cancelled' as never, 5)], Date.parse(at(2))), undefined);
});
