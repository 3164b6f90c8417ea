import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RoomEvent } from '@livekit/rtc-node';
import { suite } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';
import { throughout, until } from '../support/until.ts';

const on = suite();
const numbers = Array.from({ length: 20 }, (_, i) => String(i));

test('#14 a browser whose socket breaks resumes: same sids, nothing published again, each message once', async () => {
  const room = freshRoom('14');
  const cable = await on.cable();
  const an = await on.js(room, 'an', { url: cable.url });
  const binh = await on.rtc(room, 'binh');
  const sid = await an.publishColour('blue');
  await binh.publishTone(800);
  const eye = await binh.watch('an');
  await until('blue', () => eye.colour === 'blue');
  await an.hears('binh', 800);
  const me = 'return [room.localParticipant.sid, ...room.localParticipant.trackPublications.keys()]';
  assert.deepEqual((await an.run<string[]>(me))[1], sid);
  const sids = await an.run<string[]>(me);

  // The SDK repeats what it held back only to a server that had a message before.
  const say = (texts: readonly string[]) =>
    an.run(
      `for (const t of arg) await room.localParticipant.publishData(new TextEncoder().encode(t), { reliable: true })`,
      texts,
    );
  await say(['first']);
  await until('the first message', () => binh.messages.length === 1);

  const since = await an.mark();
  const others = binh.events.mark;
  cable.cut();
  await an.saw('signalReconnecting', { since });
  for (const n of numbers) await binh.say(n);
  const sending = say(numbers);
  cable.mend();
  await an.saw('reconnected', { since, ms: 20_000 });
  await sending;

  assert.deepEqual(await an.run<string[]>(me), sids);
  assert.deepEqual(await an.events('localTrackPublished', since), []);
  await until('all messages at rtc-node', () => binh.messages.length > numbers.length);
  await until('all messages in the browser', async () => (await an.events('dataReceived')).length >= numbers.length);
  const before = eye.frames;
  await until('the picture moves', () => eye.frames > before + 10 && eye.colour === 'blue');
  await an.hears('binh', 800);
  assert.deepEqual(
    binh.messages,
    ['first', ...numbers].map((n) => `an>${n}`),
  );
  assert.deepEqual(
    (await an.events('dataReceived')).map(([text]) => text),
    numbers,
  );
  const gone = [RoomEvent.ParticipantDisconnected, RoomEvent.TrackUnpublished, RoomEvent.TrackUnsubscribed];
  assert.deepEqual(
    gone.flatMap((name) => binh.events.of(name, others)),
    [],
  );
});

test('#14 rtc-node whose socket breaks resumes in the same way', async () => {
  const room = freshRoom('14');
  const cable = await on.cable();
  const an = await on.rtc(room, 'an', { url: cable.url });
  const binh = await on.rtc(room, 'binh');
  const publication = await an.publishTone(440);
  await binh.publishTone(800);
  const [atBinh, atAn] = [await binh.listen('an'), await an.listen('binh')];
  await until('440 Hz', () => atBinh.hears(440));
  await until('800 Hz', () => atAn.hears(800));
  const sids = [an.me.sid, publication.sid];

  const others = binh.events.mark;
  cable.blink();
  await an.events.saw(RoomEvent.Reconnecting);
  for (const n of numbers) await binh.say(n);
  for (const n of numbers) await an.say(n);
  await an.events.saw(RoomEvent.Reconnected, { ms: 20_000 });
  assert.deepEqual([an.me.sid, publication.sid], sids);
  assert.deepEqual(an.events.of(RoomEvent.LocalTrackRepublished), []);
  await until('all messages', () => binh.messages.length >= numbers.length && an.messages.length >= numbers.length);
  const before = [atAn.frames, atBinh.frames] as const;
  await until('both hear on', () => atAn.frames > before[0] + 20 && atBinh.frames > before[1] + 20);
  await until('the same tones', () => atAn.hears(800) && atBinh.hears(440));
  assert.deepEqual([binh.messages, an.messages], [numbers.map((n) => `an>${n}`), numbers.map((n) => `binh>${n}`)]);
  assert.deepEqual(binh.events.of(RoomEvent.ParticipantDisconnected, others), []);
});

test('#14 what was published during the break is there after it', async () => {
  const room = freshRoom('14');
  const cable = await on.cable();
  const an = await on.js(room, 'an', { url: cable.url });
  const binh = await on.rtc(room, 'binh');
  await binh.publishTone(800);
  await an.hears('binh', 800);
  const since = await an.mark();
  cable.cut();
  await an.saw('signalReconnecting', { since });
  await binh.publishColour('violet');
  const chi = await on.rtc(room, 'chi');
  await chi.publishColour('yellow');
  cable.mend();
  await an.saw('reconnected', { since, ms: 20_000 });
  await an.sees('binh', 'violet');
  await an.sees('chi', 'yellow');
  await an.hears('binh', 800);
});

test('#16 a browser whom the server has forgotten joins anew and publishes again', async () => {
  const room = freshRoom('16');
  const cable = await on.cable();
  const an = await on.js(room, 'an', { url: cable.url });
  const binh = await on.rtc(room, 'binh');
  const sid = await an.publishColour('red');
  await binh.publishColour('green');
  const eye = await binh.watch('an');
  await until('red', () => eye.colour === 'red');
  await an.sees('binh', 'green');
  const old = await an.run<string>('return room.localParticipant.sid');

  const [since, others] = [await an.mark(), binh.events.mark];
  cable.cut();
  await an.saw('signalReconnecting', { since });
  await on.target.rooms.removeParticipant(room, 'an');
  await binh.events.saw(RoomEvent.ParticipantDisconnected, { since: others, where: (p) => p.sid === old });
  cable.mend();
  await an.saw('reconnected', { since, ms: 30_000 });
  await binh.events.saw(RoomEvent.ParticipantConnected, { since: others, where: (p) => p.identity === 'an' });
  const anew = await an.run<string[]>(
    'return [room.localParticipant.sid, ...room.localParticipant.trackPublications.keys()]',
  );
  assert.ok(anew[0] !== old && anew.length === 2 && anew[1] !== sid, `the sids are ${anew}`);
  const again = await binh.watch('an');
  await until('red again', () => again.colour === 'red');
  await an.sees('binh', 'green');
});

test('#16 rtc-node whom the server has forgotten joins anew and publishes again', async () => {
  const room = freshRoom('16');
  const cable = await on.cable();
  const an = await on.rtc(room, 'an', { url: cable.url });
  const binh = await on.rtc(room, 'binh');
  await an.publishTone(440);
  const ear = await binh.listen('an');
  await until('440 Hz', () => ear.hears(440));
  const [old, others] = [an.me.sid, binh.events.mark];
  cable.cut();
  await on.target.rooms.removeParticipant(room, 'an');
  await binh.events.saw(RoomEvent.ParticipantDisconnected, { since: others });
  cable.mend();
  await an.events.saw(RoomEvent.Reconnected, { ms: 30_000 });
  assert.notEqual((await on.target.rooms.getParticipant(room, 'an')).sid, old);
  const again = await binh.listen('an');
  await until('440 Hz again', () => again.hears(440));
});

test('#16 a participant who does not come back is gone after the grace, and not before', async () => {
  const room = freshRoom('16');
  const cable = await on.cable();
  const an = await on.rtc(room, 'an', { url: cable.url });
  const binh = await on.rtc(room, 'binh');
  const others = binh.events.mark;
  cable.cut();
  await throughout(
    'an is still there',
    () => binh.events.of(RoomEvent.ParticipantDisconnected, others).length === 0,
    3_000,
  );
  await an.close();
  await binh.events.saw(RoomEvent.ParticipantDisconnected, { since: others, ms: 40_000 });
});
