import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsClient } from '../support/JsClient.ts';
import { OwnServer } from '../support/OwnServer.ts';
import { suite } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';
import { until } from '../support/until.ts';

const on = suite();

const sentCodec = (client: JsClient, sid: string) =>
  until(`a codec of ${sid}`, async () => (await client.call<{ codec?: string }[]>('sent', sid))[0]?.codec);

test('a publisher who offers RED is heard', async () => {
  const room = freshRoom('red');
  const an = await on.js(room, 'an');
  const binh = await on.js(room, 'binh');
  const chi = await on.rtc(room, 'chi');
  const sid = await an.publishTone(500, { red: true });
  await binh.hears('an', 500);
  const ear = await chi.listen('an');
  await until('500 Hz at rtc-node', () => ear.hears(500));
  if (!on.target.own) return;
  assert.equal(await sentCodec(an, sid), 'audio/opus');
  const [track] = (await on.target.rooms.getParticipant(room, 'an')).tracks;
  assert.deepEqual([track?.mimeType, track?.disableRed], ['audio/opus', true]);
});

for (const videoCodec of ['vp9', 'av1']) {
  for (const backupCodec of [true, false]) {
    test(`a publisher who prefers ${videoCodec} is seen${backupCodec ? ', also with a backup codec' : ''}`, async () => {
      const room = freshRoom('codec');
      const an = await on.js(room, 'an', { options: { dynacast: true } });
      const binh = await on.js(room, 'binh');
      const chi = await on.rtc(room, 'chi');
      const sid = await an.publishColour('red', { width: 640, height: 360, videoCodec, backupCodec });
      await binh.sees('an', 'red', 20_000);
      const eye = await chi.watch('an');
      await until('red at rtc-node', () => eye.colour === 'red', 20_000);
      if (!on.target.own) return;
      // VP8 is what every viewer decodes, so nothing remains to be backed up.
      assert.equal(await sentCodec(an, sid), 'video/VP8');
      const { tracks } = await on.target.rooms.getParticipant(room, 'an');
      assert.deepEqual(
        tracks.map((track) => track.codecs.map((codec) => codec.mimeType)),
        [['video/VP8']],
      );
    });
  }
}

test('where VP9 is switched on it passes as it comes', async (t) => {
  if (!on.target.own) return t.skip('a setting of ours');
  const node = await OwnServer.start({ settings: { media: { vp9: true } }, workers: 1 });
  t.after(() => node.close());
  const room = freshRoom('vp9');
  const an = await on.js(room, 'an', { url: node.url });
  const binh = await on.js(room, 'binh', { url: node.url });
  const chi = await on.rtc(room, 'chi', { url: node.url });
  const sid = await an.publishColour('red', { width: 640, height: 360, videoCodec: 'vp9' });
  await binh.sees('an', 'red', 20_000);
  const eye = await chi.watch('an');
  await until('red at rtc-node', () => eye.colour === 'red', 20_000);
  assert.equal(await sentCodec(an, sid), 'video/VP9');
});
