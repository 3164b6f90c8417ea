import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RoomEvent } from '@livekit/rtc-node';
import { suite } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';

const on = suite();
const names = (speakers: { identity: string }[]) => speakers.map((s) => s.identity);

test('#20 whoever speaks is told to browser and rtc-node, and so is their silence', async (t) => {
  const room = freshRoom('20');
  const an = await on.rtc(room, 'an');
  const binh = await on.rtc(room, 'binh');
  const chi = await on.js(room, 'chi');
  const publication = await an.publishTone(440);
  await binh.track('an', 'audio');
  const began = performance.now();
  await binh.events.saw(RoomEvent.ActiveSpeakersChanged, { where: (speakers) => names(speakers).includes('an') });
  await chi.saw('activeSpeakersChanged', { where: (speakers) => speakers.includes('an') });
  const on1 = performance.now() - began;
  const level = await chi.run<number>(`return room.remoteParticipants.get('an').audioLevel`);
  assert.ok(level > 0.1 && level <= 1, `level ${level}`);

  const [since, page] = [binh.events.mark, await chi.mark()];
  publication.hush();
  const hushed = performance.now();
  await binh.events.saw(RoomEvent.ActiveSpeakersChanged, { since, where: (speakers) => speakers.length === 0 });
  await chi.saw('activeSpeakersChanged', { since: page, where: (speakers) => speakers.length === 0 });
  const off = performance.now() - hushed;
  t.diagnostic(`${Math.round(on1)} ms to on, ${Math.round(off)} ms to off`);
});

test('#20 the beep of the browser is a speaker too, on and off', async () => {
  const room = freshRoom('20');
  const an = await on.js(room, 'an');
  const binh = await on.rtc(room, 'binh');
  await an.publishTone(600);
  const event = RoomEvent.ActiveSpeakersChanged;
  await binh.events.saw(event, { where: (speakers) => names(speakers).includes('an') });
  await an.saw('activeSpeakersChanged', { where: (speakers) => speakers.includes('an') });
  const since = binh.events.mark;
  await an.call('hush', 600);
  await binh.events.saw(event, { since, where: (speakers) => speakers.length === 0 });
  const again = binh.events.mark;
  await an.run(
    `await room.localParticipant.unpublishTrack([...room.localParticipant.trackPublications.values()][0].track)`,
  );
  await an.publishTone(800);
  await binh.events.saw(event, { since: again, where: (speakers) => names(speakers).includes('an') });
});

test('#20 connection quality of oneself and of the others is told', async () => {
  const room = freshRoom('20');
  const an = await on.rtc(room, 'an');
  const binh = await on.js(room, 'binh');
  await an.publishTone(440);
  await binh.publishColour('red');
  const good = (quality: string) => ['excellent', 'good'].includes(quality);
  await binh.saw('connectionQualityChanged', { where: (quality, who) => good(quality) && who === 'an', ms: 15_000 });
  await binh.saw('connectionQualityChanged', { where: (quality, who) => good(quality) && who === 'binh', ms: 15_000 });
});
