import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Speaker } from '../../api/contract.ts';
import { isSo, lackingOf, type OwnFacts, ownStateOf } from './ownStateOf.ts';

const at = (place: Speaker['place'], more: Partial<Speaker> = {}) =>
  ({ place, muted: false, checked: false, call: null, ...more }) as Speaker;
const on = {
  hand: undefined,
  sending: 'on',
  phase: 'open',
  open: ['camera', 'microphone'],
  off: [],
  drawn: true,
  silenced: false,
} as const;
const said = (facts: Partial<OwnFacts> & Pick<OwnFacts, 'speaker'>) => {
  const state = ownStateOf({ ...on, ...facts });
  return 'sends' in state ? `${state.kind} ${state.sends}` : state.kind;
};

test('FL18 what is on air is said as it is: both, one of them, or neither', () => {
  const speaker = at('stage');
  assert.equal(said({ speaker }), 'air both');
  assert.equal(said({ speaker, open: ['microphone'] }), 'air voice');
  assert.equal(said({ speaker, open: ['camera'] }), 'air picture');
  assert.equal(said({ speaker, off: ['microphone'] }), 'air picture');
  assert.equal(said({ speaker, open: ['microphone'], off: ['microphone'] }), 'air none');
  assert.equal(said({ speaker, open: [], phase: 'failed', sending: 'off' }), 'air none');
  assert.equal(said({ speaker: at('green'), open: ['microphone'] }), 'green voice');
});

test('PN15 who is on stage while a card is shown is told that nobody hears them, whatever they have turned on', () => {
  assert.equal(said({ speaker: at('stage'), silenced: true }), 'silenced');
  assert.equal(said({ speaker: at('stage', { muted: true }), silenced: true }), 'silenced');
  assert.equal(said({ speaker: at('green'), silenced: true }), 'green both', 'whoever prepares them hears them still');
  assert.equal(said({ speaker: undefined, silenced: true }), 'listening');
});

test('PN5 who is on stage and not in what all see is not said to be seen', () => {
  const hidden = ownStateOf({ ...on, speaker: at('stage'), drawn: false });
  assert.deepEqual(hidden, { kind: 'air', sends: 'both', off: [], drawn: false });
});

test('nobody is said to be on air while their line is down, or before their tracks are out', () => {
  assert.equal(said({ speaker: at('holding') }), 'holding');
  assert.equal(said({ speaker: at('stage'), open: [], phase: 'opening', sending: 'off' }), 'starting');
  assert.equal(said({ speaker: at('stage'), sending: 'starting' }), 'starting');
  assert.equal(said({ speaker: at('stage'), sending: 'failed' }), 'failed');
  assert.equal(said({ speaker: undefined }), 'listening');
});

test('nobody is said to watch, or to be seen, before their line is up or while it is made anew', () => {
  const hand = { place: 1, raisedAt: '2026-11-26T02:41:07Z' } as OwnFacts['hand'];
  const saidOf = (speaker: Speaker | undefined, connected: boolean, raised?: OwnFacts['hand']) =>
    isSo(ownStateOf({ ...on, speaker, hand: raised }), connected);
  const places = [undefined, at('green'), at('stage'), at('stage', { muted: true })];
  for (const speaker of places) assert.deepEqual([saidOf(speaker, true), saidOf(speaker, false)], [true, false]);
  assert.equal(saidOf(undefined, false, hand), true);
  assert.equal(saidOf(at('holding'), false), true);
});

test('FL10 a moderator is named only where one has muted, and there is something to mute', () => {
  assert.equal(said({ speaker: at('stage', { muted: true }) }), 'hard-muted picture');
  assert.equal(said({ speaker: at('stage', { muted: true }), open: ['camera'] }), 'air picture');
});

test('FL36 who was muted with all others reads that their own press brings them back', () => {
  const speaker = at('stage', { muted: true, silenced: true });
  assert.deepEqual(ownStateOf({ ...on, speaker, off: ['microphone'] }), {
    kind: 'air',
    sends: 'picture',
    off: ['microphone'],
    drawn: true,
  });
});

test('what is lacking for the same reason is said in one sentence', () => {
  assert.deepEqual(lackingOf({ camera: 'ready', microphone: 'ready' }), []);
  assert.deepEqual(lackingOf({ camera: 'denied', microphone: 'denied' }), [{ what: 'both', why: 'denied' }]);
  assert.deepEqual(lackingOf({ camera: 'missing', microphone: 'ready' }), [{ what: 'camera', why: 'missing' }]);
  assert.deepEqual(lackingOf({ camera: 'missing', microphone: 'failed' }), [
    { what: 'camera', why: 'missing' },
    { what: 'microphone', why: 'failed' },
  ]);
});
