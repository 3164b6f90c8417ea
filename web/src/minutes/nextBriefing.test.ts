import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Briefing } from '../api/contract.ts';
import { nextBriefing } from './nextBriefing.ts';

const now = Date.parse('2026-12-01T08:00:00Z');
const briefing = (id: string, state: Briefing['state'], hours: number): Briefing => ({
  ...{ id, title: id, state, stage: 'vn', scope: ['vn'], scheduledAt: new Date(now + hours * 3_600_000).toISOString() },
  ...{ openedAt: null, liveAt: null, closedAt: null, epoch: 1, expected: 1, agenda: [], producers: [] },
  ...{ language: 'vi', rehearsal: false, notice: null },
});
const next = (...briefings: Briefing[]) => nextBriefing(briefings, 'this', now)?.id;

test('BR11 the next briefing is never in the past, closed, or the one that ended', () => {
  const past = briefing('past', 'scheduled', -1);
  assert.equal(next(past, briefing('over', 'closed', 2), briefing('this', 'live', -2)), undefined);
  assert.equal(next(past, briefing('later', 'scheduled', 5), briefing('soon', 'scheduled', 1)), 'soon');
});

test('BR11 a room that is open comes before what is planned, also when its time has passed', () => {
  assert.equal(next(briefing('soon', 'scheduled', 1), briefing('room', 'open', -0.5)), 'room');
  assert.equal(next(briefing('soon', 'scheduled', 1), briefing('room', 'live', 3)), 'room');
});
