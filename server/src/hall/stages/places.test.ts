import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParticipantPermission, TrackSource } from '@livekit/protocol';
import type { Forwarding } from '../../domain/shared/sight.ts';
import { effectivePermission, mayPublish } from './permissions.ts';
import { forwardingOf, isPublic, placeOf, type RoomPlace, standingOf } from './places.ts';

const stage = { kind: 'stage', stage: 'vn' } as const;
const official = { path: 'vn', official: true };
const viewer = { path: 'vn.79.769', official: false };

test('who has no order in a briefing is audience; open rooms know no places', () => {
  assert.equal(placeOf({ kind: 'open' }, { identity: 'an', place: 'stage', muted: false }), 'open');
  assert.equal(placeOf(stage, undefined), 'audience');
  assert.equal(placeOf(stage, { identity: 'an', place: 'green', muted: false }), 'green');
});

test('forwarding by place of the publisher and standing of the viewer', () => {
  const table: [RoomPlace, Forwarding, Forwarding][] = [
    // publisher, at an official, at anybody else
    ['open', 'live', 'live'],
    ['stage', 'live', 'live'],
    ['green', 'live', 'warm'],
    ['audience', 'none', 'none'],
  ];
  for (const [place, atOfficial, atOther] of table) {
    assert.equal(forwardingOf(place, official), atOfficial, `${place} at an official`);
    assert.equal(forwardingOf(place, viewer), atOther, `${place} at a viewer`);
  }
});

test('audiences and the hidden are seen by nobody', () => {
  const seen = new ParticipantPermission({});
  const hidden = new ParticipantPermission({ hidden: true });
  const table: [RoomPlace, ParticipantPermission, boolean][] = [
    ['open', seen, true],
    ['open', hidden, false],
    ['audience', seen, false],
    ['green', seen, true],
    ['stage', seen, true],
    ['stage', hidden, false],
  ];
  for (const [place, permission, expected] of table) assert.equal(isPublic(place, permission), expected, place);
});

test('the floor decides about publishing, whatever the token says', () => {
  for (const token of [true, false]) {
    const granted = new ParticipantPermission({ canPublish: token, canPublishData: false, canSubscribe: true });
    assert.equal(effectivePermission('audience', granted).canPublish, false);
    assert.equal(effectivePermission('audience', granted).canPublishData, false);
    assert.equal(effectivePermission('green', granted).canPublish, true);
    assert.equal(effectivePermission('stage', granted).canPublishData, true);
    assert.equal(effectivePermission('open', granted).canPublish, token);
    assert.equal(granted.canPublish, token, 'what was granted is not changed');
  }
});

test('sources that may be published', () => {
  const all = new ParticipantPermission({ canPublish: true });
  const sound = new ParticipantPermission({ canPublish: true, canPublishSources: [TrackSource.MICROPHONE] });
  const none = new ParticipantPermission({ canPublishSources: [TrackSource.MICROPHONE] });
  assert.deepEqual(
    [all, sound, none].map((p) => mayPublish(p, TrackSource.CAMERA)),
    [true, false, false],
  );
  assert.deepEqual(
    [all, sound, none].map((p) => mayPublish(p, TrackSource.MICROPHONE)),
    [true, true, false],
  );
});

test('standing comes from the token', () => {
  assert.deepEqual(standingOf({ 'dh.path': 'vn.79', 'dh.role': 'moderator' }), { path: 'vn.79', official: true });
  assert.deepEqual(standingOf({ 'dh.path': 'vn.79.1', 'dh.role': 'seat' }), { path: 'vn.79.1', official: false });
  assert.deepEqual(standingOf({}), { path: '', official: false });
});
