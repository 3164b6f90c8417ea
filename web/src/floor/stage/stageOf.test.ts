import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Place, Role, Speaker } from '../../api/contract.ts';
import { stageOf, waitedFor } from './stageOf.ts';

const speaker = (name: string, role: Role, place: Place, second = 0): Speaker => ({
  seat: { identity: name, account: crypto.randomUUID(), unit: 'x', path: 'vn.x', name, role, person: null },
  place,
  since: `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`,
  muted: false,
  checked: false,
  call: null,
});

test('before the start viewers read that it starts soon', () => {
  assert.deepEqual(stageOf({ state: 'open' }, { seq: 0, speakers: [] }), { kind: 'holding', why: 'soon' });
});

test('live without a speaker is a pause, also while somebody waits in the green room', () => {
  const speakers = [speaker('commune', 'seat', 'green')];
  assert.deepEqual(stageOf({ state: 'live' }, { seq: 0, speakers }), { kind: 'holding', why: 'pause' });
});

test('live is no pause before it is told who has the floor', () => {
  assert.deepEqual(stageOf({ state: 'live' }, { seq: -1, speakers: [] }), { kind: 'holding', why: 'coming' });
  assert.deepEqual(stageOf({ state: 'open' }, { seq: -1, speakers: [] }), { kind: 'holding', why: 'soon' });
});

test('a principal whose line dropped is said to come back, by name', () => {
  const speakers = [speaker('principal', 'principal', 'holding')];
  assert.deepEqual(stageOf({ state: 'live' }, { seq: 0, speakers }), {
    kind: 'holding',
    why: 'back',
    name: 'principal',
    identity: 'principal',
  });
});

test('while another speaks, the one whose line dropped keeps their place on stage', () => {
  const speakers = [speaker('commune', 'seat', 'stage', 1), speaker('principal', 'principal', 'holding', 5)];
  const view = stageOf({ state: 'live' }, { seq: 0, speakers });
  assert.equal(view.kind, 'tiles');
  assert.deepEqual(view.kind === 'tiles' && view.tiles.map(({ seat }) => seat.name), ['principal', 'commune']);
});

test('nobody watches before it has begun, nor while it is not told yet who has the floor', () => {
  const waits = (state: 'open' | 'live', seq: number, speakers: readonly Speaker[] = []) =>
    waitedFor(stageOf({ state }, { seq, speakers: [...speakers] }));
  assert.deepEqual([waits('open', 0), waits('live', -1), waits('live', 0)], ['soon', 'coming', undefined]);
  for (const place of ['stage', 'holding'] as const)
    assert.equal(waits('live', 0, [speaker('pm', 'principal', place)]), undefined);
});
