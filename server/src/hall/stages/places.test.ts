import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParticipantPermission, TrackSource } from '@livekit/protocol';
import { oneStage } from '../../domain/shared/stages.ts';
import type { Forwarding } from '../../domain/shared/whoSeesWhom.ts';
import { effectivePermission, mayPublish } from './permissions.ts';
import { forwardingOf, isKnownTo, isPublic, placeOf, type RoomPlace, standingOf } from './places.ts';

const stage = { kind: 'stage', stages: oneStage('vn') } as const;
const standing = (path: string, role: string) =>
  standingOf({ 'dh.path': path, 'dh.unit': path.slice(path.lastIndexOf('.') + 1), 'dh.role': role });
const publisher = standing('vn.79.760', 'seat');
const official = standing('vn.79', 'moderator');
const elsewhere = standing('vn.01', 'moderator');
const viewer = standing('vn.79.769', 'seat');

test('who has no order in a briefing is audience; open rooms know no places', () => {
  assert.equal(placeOf({ kind: 'open' }, { identity: 'an', place: 'stage', muted: false }), 'open');
  assert.equal(placeOf(stage, undefined), 'audience');
  assert.equal(placeOf(stage, { identity: 'an', place: 'green', muted: false }), 'green');
});

test('FN6 a green room is heard by officials above its unit, and warm, without its name, for officials elsewhere and viewers', () => {
  const table: [RoomPlace, Forwarding, Forwarding][] = [
    // publisher, at an official, at anybody else
    ['open', 'live', 'live'],
    ['stage', 'live', 'live'],
    ['green', 'live', 'warm'],
    ['audience', 'none', 'none'],
  ];
  for (const [place, atOfficial, atOther] of table) {
    assert.equal(forwardingOf(place, publisher, official), atOfficial, `${place} at an official`);
    assert.equal(forwardingOf(place, publisher, elsewhere), atOther, `${place} at an official of another province`);
    assert.equal(forwardingOf(place, publisher, viewer), atOther, `${place} at a viewer`);
    assert.equal(isKnownTo(place, publisher, official), true);
    assert.equal(isKnownTo(place, publisher, elsewhere), place === 'open', `${place}, named elsewhere`);
    assert.equal(isKnownTo(place, publisher, viewer), place === 'open', `${place}, named to a viewer`);
  }
  assert.equal(isKnownTo('green', standingOf({}), standingOf({})), false, 'who is of no unit is not of the same one');
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

test('DM3 in a briefing the floor decides about publishing, and nobody sends data, whatever the token says', () => {
  for (const token of [true, false]) {
    const granted = new ParticipantPermission({ canPublish: token, canPublishData: true, canSubscribe: true });
    assert.equal(effectivePermission('audience', granted).canPublish, false);
    assert.equal(effectivePermission('audience', granted).canPublishData, false);
    assert.equal(effectivePermission('green', granted).canPublish, true);
    for (const place of ['audience', 'green', 'stage'] as const)
      assert.equal(effectivePermission(place, granted).canPublishData, false, place);
    assert.equal(effectivePermission('open', granted).canPublish, token);
    assert.equal(effectivePermission('open', granted).canPublishData, true);
    assert.equal(granted.canPublish, token, 'what was granted is not changed');
  }
});

test('SH1 a screen is shared from the stage alone, and by nobody whose token says otherwise', () => {
  const all = new ParticipantPermission({ canPublish: true });
  const screen = (place: 'audience' | 'green' | 'stage' | 'open', granted = all) =>
    mayPublish(effectivePermission(place, granted), TrackSource.SCREEN_SHARE);
  assert.deepEqual([screen('audience'), screen('green'), screen('stage'), screen('open')], [false, false, true, true]);
  const sound = new ParticipantPermission({ canPublish: true, canPublishSources: [TrackSource.MICROPHONE] });
  assert.equal(screen('stage', sound), false);
  assert.equal(mayPublish(effectivePermission('green', sound), TrackSource.MICROPHONE), true);
  const other = new ParticipantPermission({ canPublish: true, canPublishSources: [TrackSource.SCREEN_SHARE] });
  assert.equal(effectivePermission('green', other).canPublish, false, 'an empty list would mean everything');
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
  assert.deepEqual(official, { path: 'vn.79', unit: '79', sight: { of: 'official', territory: 'vn.79' } });
  assert.deepEqual(viewer, { path: 'vn.79.769', unit: '769', sight: { of: 'unit', unit: '769' } });
  assert.deepEqual(standingOf({}), { path: '', unit: '', sight: { of: 'unit', unit: null } });
  assert.deepEqual(standingOf({ 'dh.role': 'principal' }).sight, { of: 'unit', unit: null }, 'of no territory');
});
