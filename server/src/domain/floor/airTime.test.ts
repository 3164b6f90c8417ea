import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Place } from '../../protocol/floor.ts';
import { airTimeOf, isOnAir } from './airTime.ts';
import type { FloorChange } from './FloorState.ts';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 26, 1) + seconds * 1000);
const speaker = (identity: string, place: Place): FloorChange => ({
  kind: 'speaker',
  speaker: {
    seat: { identity, account: 'a', unit: 'u', path: 'vn.u', name: identity, role: 'seat', person: null },
    ...{ place, since: at(0).toISOString(), muted: false, checked: false, call: null },
  },
});
const off = (identity: string): FloorChange => ({ kind: 'speaker-off', identity });
const act = (seconds: number, ...changes: FloorChange[]) => ({ at: at(seconds), changes });

test('FL20 on air is counted while anybody is, whoever it is, and no pause with it', () => {
  assert.deepEqual(airTimeOf('b', []), { briefing: 'b', since: null, beforeMs: 0 });
  const begun = [act(5, speaker('green', 'green')), act(10, speaker('pm', 'stage'))];
  assert.deepEqual(airTimeOf('b', begun), { briefing: 'b', since: at(10).toISOString(), beforeMs: 0 });
  const handedOver = [...begun, act(20, speaker('guest', 'stage')), act(30, off('pm'))];
  assert.equal(airTimeOf('b', handedOver).since, at(10).toISOString());
  const paused = [...handedOver, act(40, off('guest'))];
  assert.deepEqual(airTimeOf('b', paused), { briefing: 'b', since: null, beforeMs: 30_000 });
  const again = [...paused, act(1000, speaker('pm', 'stage'))];
  assert.deepEqual(airTimeOf('b', again), { briefing: 'b', since: at(1000).toISOString(), beforeMs: 30_000 });
  const lost = [...again, act(1010, speaker('pm', 'holding'))];
  assert.deepEqual(airTimeOf('b', lost), { briefing: 'b', since: null, beforeMs: 40_000 });
});

test('FL20 PN15 no time is counted while a card is shown, whoever is on stage behind it', () => {
  const acts = [act(10, speaker('pm', 'stage')), act(50, speaker('guest', 'stage')), act(80, off('pm'), off('guest'))];
  const cards = [
    { at: at(5), card: true },
    { at: at(20), card: false },
    { at: at(40), card: true },
    { at: at(60), card: false },
  ];
  const until = (second: number) => {
    const isBefore = (event: { readonly at: Date }) => event.at <= at(second);
    return [acts.filter(isBefore), cards.filter(isBefore)] as const;
  };
  assert.deepEqual(airTimeOf('b', ...until(15)), { briefing: 'b', since: null, beforeMs: 0 });
  assert.deepEqual(airTimeOf('b', ...until(30)), { briefing: 'b', since: at(20).toISOString(), beforeMs: 0 });
  assert.deepEqual(airTimeOf('b', ...until(55)), { briefing: 'b', since: null, beforeMs: 20_000 });
  assert.deepEqual(airTimeOf('b', acts, cards), { briefing: 'b', since: null, beforeMs: 40_000 });
});

test('TR9 whoever stands in the room of a unit is not on air for the briefing', () => {
  const on = speaker('a', 'stage');
  assert.ok(on.kind === 'speaker');
  const alone = { entered: [], stages: [] };
  assert.equal(isOnAir({ ...alone, speakers: [on.speaker] }), true);
  assert.equal(isOnAir({ ...alone, speakers: [{ ...on.speaker, stage: 'vn.u' }] }), false);
});

test('FL20 TR21 who looks into the room of a unit is not on air until they are back, or it has ended', () => {
  const looks = (stage: string | null): FloorChange => ({ kind: 'entered', identity: 'pm', stage });
  const room: FloorChange = {
    kind: 'stage',
    stage: { unit: 'u', path: 'vn.u', name: 'Tỉnh', since: at(0).toISOString() },
  };
  const acts = [act(10, speaker('pm', 'stage')), act(15, room), act(20, looks('vn.u'))];
  assert.deepEqual(airTimeOf('b', acts), { briefing: 'b', since: null, beforeMs: 10_000 });
  const back = [...acts, act(30, looks(null))];
  assert.deepEqual(airTimeOf('b', back), { briefing: 'b', since: at(30).toISOString(), beforeMs: 10_000 });
  const ended = [...acts, act(40, looks(null), { kind: 'stage-off', path: 'vn.u' })];
  assert.equal(airTimeOf('b', ended).since, at(40).toISOString());
  const own = [...acts.slice(0, 2), act(20, looks('vn'))];
  assert.equal(airTimeOf('b', own).since, at(10).toISOString(), 'the stage on which they stand');
});
