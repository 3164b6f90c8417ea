import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RoomEvent } from '@livekit/rtc-node';
import { suite } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';
import { throughout, until } from '../support/until.ts';

const on = suite();

test('#13 without automatic subscription the browser gets what it asks for, and only that', async () => {
  const room = freshRoom('13');
  const an = await on.rtc(room, 'an');
  const binh = await on.js(room, 'binh', { connect: { autoSubscribe: false } });
  const publication = await an.publishColour('red');
  await an.publishTone(440);
  const { sid } = publication;
  await binh.saw('trackPublished', { where: (p) => p.sid === sid });
  const wish = (subscribed: boolean) =>
    binh.run(`room.remoteParticipants.get('an').trackPublications.get(arg[0]).setSubscribed(arg[1])`, [
      sid,
      subscribed,
    ]);
  assert.deepEqual(await binh.events('trackSubscribed'), []);
  await wish(true);
  await binh.sees('an', 'red');
  await publication.waitForSubscription();
  await wish(false);
  await binh.saw('trackUnsubscribed', { where: (track) => track.sid === sid });
  const since = await binh.mark();
  await wish(true);
  await binh.saw('trackSubscribed', { since, where: (track) => track.sid === sid });
  await binh.sees('an', 'red');
  const kinds = (await binh.events('trackSubscribed')).map(([track]) => track.kind);
  assert.deepEqual(kinds, ['video', 'video'], 'the tone came although nobody asked for it');
});

test('#13 rtc-node subscribes and unsubscribes by hand', async () => {
  const room = freshRoom('13');
  const an = await on.rtc(room, 'an');
  const binh = await on.rtc(room, 'binh', { options: { autoSubscribe: false } });
  const { sid = '' } = await an.publishTone(440);
  await binh.events.saw(RoomEvent.TrackPublished);
  const publication = binh.room.remoteParticipants.get('an')?.trackPublications.get(sid);
  assert.ok(publication && !publication.track);
  publication.setSubscribed(true);
  const ear = await binh.listen('an');
  await until('440 Hz', () => ear.hears(440));
  publication.setSubscribed(false);
  await binh.events.saw(RoomEvent.TrackUnsubscribed);
});

test('#13 the publisher decides who may subscribe', async () => {
  const room = freshRoom('13');
  const an = await on.js(room, 'an');
  const binh = await on.js(room, 'binh');
  const chi = await on.rtc(room, 'chi');
  await an.publishTone(500);
  await binh.hears('an', 500);
  const ear = await chi.listen('an');
  await until('500 Hz at rtc-node', () => ear.hears(500));

  const since = await binh.mark();
  await an.run(
    `room.localParticipant.setTrackSubscriptionPermissions(false, [{ participantIdentity: 'chi', allowAll: true }])`,
  );
  await binh.saw('trackSubscriptionPermissionChanged', { since, where: (_p, status) => status === 'not_allowed' });
  await binh.saw('trackUnsubscribed', { since });
  const before = ear.frames;
  await until('chi hears on', () => ear.frames > before + 20 && ear.hears(500));

  const again = await binh.mark();
  await an.run(`room.localParticipant.setTrackSubscriptionPermissions(true)`);
  await binh.saw('trackSubscribed', { since: again });
  await binh.hears('an', 500);
});

test('#13 a participant who may not subscribe gets nothing, and others get his tracks', async () => {
  const room = freshRoom('13');
  const an = await on.js(room, 'an');
  const binh = await on.js(room, 'binh', { grant: { canSubscribe: false } });
  await an.publishTone(500);
  await binh.publishTone(700);
  await an.hears('binh', 700);
  const quiet = await binh.mark();
  await an.publishColour('red');
  await an.hears('binh', 700);
  await throughout('nothing comes', () => true, 500);
  assert.deepEqual([await binh.events('trackSubscribed'), await binh.events('trackSubscribed', quiet)], [[], []]);
});
