import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RoomEvent } from '@livekit/rtc-node';
import { byDefault, suite, v0 } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';
import { throughout, until } from '../support/until.ts';

const on = suite({ browser: false });
const join = on.rtc;

for (const options of [{ options: byDefault }, { options: v0 }]) {
  const how = options.options === v0 ? 'two PeerConnections' : 'default options';

  test(`#04 rtc-node joins (${how})`, async (t) => {
    const room = freshRoom('04');
    const began = performance.now();
    const an = await join(room, 'an', { grant: { canPublish: true }, ...options });
    t.diagnostic(`joined after ${Math.round(performance.now() - began)} ms`);
    assert.equal(an.room.name, room);
    assert.equal(an.me.identity, 'an');
    assert.match(an.me.sid ?? '', /^PA_/);
    assert.match(await an.room.getSid(), /^RM_/);
    const info = await on.target.rooms.getParticipant(room, 'an');
    assert.equal(info.sid, an.me.sid);
    assert.equal(info.permission?.canPublish, true);
  });

  test(`#05 data goes to everyone else or to those named, reliable and lossy (${how})`, async () => {
    const room = freshRoom('05');
    const an = await join(room, 'an', options);
    const binh = await join(room, 'binh', options);
    const chi = await join(room, 'chi', options);
    await an.say('to all');
    await an.say('only for binh', { reliable: true, destination_identities: ['binh'] });
    await until('both messages at binh', () => binh.messages.length === 2);
    await until('one message at chi', () => chi.messages.length === 1);
    await until('a lossy message at binh and chi', async () => {
      await an.say('lossy', { reliable: false, topic: 't' });
      return [binh, chi].every((c) => c.messages.includes('an>lossy'));
    });
    assert.deepEqual(binh.messages.slice(0, 2), ['an>to all', 'an>only for binh']);
    assert.equal(chi.messages[0], 'an>to all');
    assert.ok(!chi.messages.includes('an>only for binh'));
    assert.deepEqual(an.messages, [], 'the sender heard himself');
    const topics = binh.events.of(RoomEvent.DataReceived).map((args) => args[3] ?? '');
    assert.deepEqual(topics.slice(0, 3), ['', '', 't']);
  });

  test(`#06 a tone is heard, and its publisher learns that somebody listens (${how})`, async () => {
    const room = freshRoom('06');
    const an = await join(room, 'an', options);
    const binh = await join(room, 'binh', options);
    const publication = await an.publishTone(440);
    const ear = await binh.listen('an');
    await until('440 Hz', () => ear.hears(440));
    assert.ok(!ear.hears(600));
    await publication.waitForSubscription();
    await binh.events.saw(RoomEvent.TrackSubscribed, { where: (_track, p) => p.sid === publication.sid });
  });

  test(`#07 a simulcast picture arrives whole (${how})`, async () => {
    const room = freshRoom('07');
    const an = await join(room, 'an', options);
    const binh = await join(room, 'binh', options);
    const publication = await an.publishColour('green', { width: 1280, height: 720, simulcast: true });
    const eye = await binh.watch('an');
    await until('1280x720 green', () => eye.width === 1280 && eye.height === 720 && eye.colour === 'green', 20_000);
    const before = eye.frames;
    await until('more frames', () => eye.frames > before + 10);
    const track = (await on.target.rooms.getParticipant(room, 'an')).tracks.find((t) => t.sid === publication.sid);
    assert.equal(track?.simulcast, true);
    assert.deepEqual(
      track?.layers.map((layer) => layer.height).sort((a, b) => a - b),
      [180, 360, 720],
    );
    assert.equal(track?.mimeType.toLowerCase(), 'video/vp8');
  });
}

test('#06 a late joiner hears what was published before, and nothing after it was unpublished', async () => {
  const room = freshRoom('06');
  const an = await join(room, 'an');
  const publication = await an.publishTone(700);
  const binh = await join(room, 'binh');
  const ear = await binh.listen('an');
  await until('700 Hz', () => ear.hears(700));
  await an.me.unpublishTrack(publication.sid ?? '');
  await binh.events.saw(RoomEvent.TrackUnpublished, { where: (p) => p.sid === publication.sid });
  const frames = await until('silence', async () => {
    const [count, before] = [ear.frames, performance.now()];
    await until('200 ms', () => performance.now() - before > 200);
    return ear.frames === count && count;
  });
  await throughout('silence', () => ear.frames === frames, 300);
});
