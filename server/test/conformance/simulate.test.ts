import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RoomEvent } from '@livekit/rtc-node';
import { suite } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';
import { until } from '../support/until.ts';

const on = suite();

test('#23 signal-reconnect resumes', async () => {
  const room = freshRoom('23');
  const an = await on.js(room, 'an');
  const binh = await on.rtc(room, 'binh');
  const sid = await an.publishTone(440);
  const ear = await binh.listen('an');
  await until('440 Hz', () => ear.hears(440));
  const since = await an.mark();
  await an.run(`await room.simulateScenario('signal-reconnect')`);
  await an.saw('reconnected', { since, ms: 20_000 });
  assert.deepEqual(await an.run('return [...room.localParticipant.trackPublications.keys()]'), [sid]);
  const before = ear.frames;
  await until('440 Hz goes on', () => ear.frames > before + 20 && ear.hears(440));
});

test('#23 full-reconnect joins anew', async () => {
  const room = freshRoom('23');
  const an = await on.js(room, 'an');
  const binh = await on.rtc(room, 'binh');
  const sid = await an.publishTone(440);
  await binh.listen('an');
  const [since, others] = [await an.mark(), binh.events.mark];
  await an.run(`await room.simulateScenario('full-reconnect')`);
  await an.saw('reconnected', { since, ms: 30_000 });
  const [fresh] = await an.run<string[]>('return [...room.localParticipant.trackPublications.keys()]');
  assert.ok(fresh && fresh !== sid);
  await binh.events.saw(RoomEvent.TrackSubscribed, { since: others, where: (_track, p) => p.sid === fresh });
  const ear = await binh.listen('an');
  await until('440 Hz again', () => ear.hears(440));
});

test('#23 speaker makes one a speaker for some seconds', async () => {
  const room = freshRoom('23');
  const an = await on.js(room, 'an');
  const binh = await on.rtc(room, 'binh');
  await an.publishTone(440);
  await an.call('hush', 440);
  await binh.track('an', 'audio');
  await until('nobody speaks', () => an.run<boolean>('return room.activeSpeakers.length === 0'));
  const since = await an.mark();
  await an.run(`await room.simulateScenario('speaker')`);
  await an.saw('activeSpeakersChanged', { since, where: (speakers) => speakers.length > 0 });
  await an.saw('activeSpeakersChanged', { since, where: (speakers) => speakers.length === 0 });
});

test('#23 subscriber-bandwidth: a narrow line gets a lower layer, a wide one the top again', async () => {
  const room = freshRoom('23');
  const an = await on.js(room, 'an');
  const binh = await on.js(room, 'binh');
  await an.publishColour('blue', { width: 1280, height: 720, simulcast: true, noise: true });
  const lines = (wanted: (height: number) => boolean, ms: number) =>
    until('the layer', async () => wanted((await binh.look('an'))?.height ?? 0), ms);
  await lines((height) => height === 720, 20_000);
  await binh.run(`await room.simulateScenario('subscriber-bandwidth', 200000)`);
  await lines((height) => height < 720, 30_000);
  await binh.run(`await room.simulateScenario('subscriber-bandwidth', 100000000)`);
  await lines((height) => height === 720, 60_000);
});
