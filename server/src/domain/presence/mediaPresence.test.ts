import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { PresentParticipant, Stage } from '../shared/stage.ts';
import { present, trackMediaPresence } from './mediaPresence.ts';
import { Presence } from './Presence.ts';

const t = new Date('2026-09-02T07:00:00.000Z');
const facts = (sid: string, identity = 'chair') => {
  return { room: 'b', identity, sid, attributes: { 'dh.unit': '1', 'dh.path': 'vn.79.1', 'dh.role': 'seat' } };
};

/** @param loading awaited whenever a board but the first one is loaded */
async function world(loading?: () => Promise<void>) {
  const store = {
    load: async (briefing: string) => {
      if (briefing !== 'b') await loading?.();
      return { expected: [{ code: '1', path: 'vn.79.1' }], seen: [], aliveAt: null };
    },
    save: async () => undefined,
  };
  const names = { name: () => 'Unit', path: () => 'vn' };
  const presence = new Presence({ store, names, clock: { now: () => t } });
  await presence.open('b');
  const emitter: unknown = new EventEmitter();
  const hall = Object.assign(emitter as Stage, {
    participants: () => [
      { ...facts('PA_9'), active: true, quality: 'poor' as const },
      { ...facts('PA_8', 'asleep'), active: false, quality: 'lost' as const },
    ],
  });
  const lines: string[] = [];
  trackMediaPresence(hall, presence, (_, identity, line) => lines.push(`${identity} ${line}`));
  const row = () => {
    const count = presence.counts('b', 'vn')[0];
    return count && [count.here, count.gone, count.weak];
  };
  return { hall, presence, lines, row };
}

test('PR2 PR3 what the hall sees becomes presence', async () => {
  const { hall, lines, row } = await world();
  hall.emit('active', facts('PA_1'));
  assert.deepEqual(row(), [1, 0, 0]);
  hall.emit('quality', { ...facts('PA_1'), quality: 'poor' });
  assert.deepEqual(row(), [1, 0, 1]);
  hall.emit('quality', { ...facts('PA_1'), quality: 'excellent' });
  hall.emit('lineLost', facts('PA_1'));
  assert.deepEqual(row(), [1, 0, 1]);
  hall.emit('lineBack', facts('PA_1'));
  assert.deepEqual(row(), [1, 0, 0]);
  hall.emit('left', { ...facts('PA_1'), reason: 'CLIENT_INITIATED' });
  assert.deepEqual(row(), [0, 1, 0]);
  assert.deepEqual(lines, ['chair back', 'chair lost', 'chair back', 'chair lost']);
});

test('AT1 what a foreign token calls its unit is told on only when it is the code of one', async () => {
  const { hall, presence } = await world();
  const units: string[] = [];
  presence.on('media', ({ unit }) => units.push(unit));
  for (const unit of ['2', 'a\u0000', 'Unit of mine'])
    hall.emit('active', { ...facts('PA_1', unit), attributes: { 'dh.unit': unit, 'dh.path': 'vn.\u0000' } });
  assert.deepEqual(units, ['2', '', '']);
});

test('PR8 the farewell of a participant that was replaced says nothing about the device', async () => {
  const { hall, lines, row } = await world();
  hall.emit('active', facts('PA_1'));
  hall.emit('active', facts('PA_2'));
  hall.emit('lineLost', facts('PA_1'));
  hall.emit('left', { ...facts('PA_1'), reason: 'DUPLICATE_IDENTITY' });
  assert.deepEqual(row(), [1, 0, 0]);
  assert.deepEqual(lines, ['chair back', 'chair back']);
});

test('PR7 a board that is opened late takes over who is connected', async () => {
  const { hall, presence, row } = await world();
  await presence.open('b', () => present(hall, 'b'));
  assert.deepEqual(row(), [1, 0, 1]);
});

test('PR7 who connects while a board is loaded is on it', async () => {
  const loaded = Promise.withResolvers<void>();
  const { hall, presence } = await world(() => loaded.promise);
  const people: PresentParticipant[] = [];
  Object.assign(hall, { participants: () => people });
  const opened = presence.open('c', () => present(hall, 'c'));
  const participant = { ...facts('PA_1'), room: 'c' };
  people.push({ ...participant, active: true, quality: 'good' });
  hall.emit('active', participant);
  loaded.resolve();
  await opened;
  assert.equal(presence.hasMedia('c', 'chair'), true);
});
