import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Encryption_Type } from '@livekit/protocol';
import type { JsClient } from '../support/JsClient.ts';
import { suite } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';
import { until } from '../support/until.ts';

const on = suite({ settings: { media: { h264: true } } });
/** Both ends have it; every frame carries a seal of it, so one changed byte on the way and nothing is decoded. */
const passphrase = 'a key that the server never sees';

/** Packets of video and of sound that came in, decoded or not. */
const received = (client: JsClient) =>
  client.run<[number, number]>(`
    const report = await room.engine.pcManager.subscriber.getStats();
    const of = (kind) => [...report.values()].find((s) => s.type === 'inbound-rtp' && s.kind === kind)?.packetsReceived ?? 0;
    return [of('video'), of('audio')];
  `);

for (const videoCodec of ['vp8', 'h264']) {
  test(`media that is encrypted from end to end passes untouched (${videoCodec})`, async () => {
    const room = freshRoom('e2ee');
    const an = await on.js(room, 'an', { options: { passphrase } });
    const binh = await on.js(room, 'binh', { options: { passphrase } });
    const stranger = await on.js(room, 'stranger');
    const video = await an.publishColour('red', { width: 640, height: 360, videoCodec, simulcast: false });
    const sound = await an.publishTone(500);
    await binh.sees('an', 'red', 20_000);
    await binh.hears('an', 500);
    const { tracks } = await on.target.rooms.getParticipant(room, 'an');
    assert.deepEqual(
      tracks.map((track) => [track.sid, track.encryption]).sort(),
      [
        [video, Encryption_Type.GCM],
        [sound, Encryption_Type.GCM],
      ].sort(),
    );
    assert.equal(tracks.find((track) => track.sid === video)?.mimeType.toLowerCase(), `video/${videoCodec}`);

    await stranger.look('an');
    await stranger.call('hear', 'an');
    await until('packets at one who has no key', async () => {
      const [picture, voice] = await received(stranger);
      return picture > 30 && voice > 50;
    });
    assert.notEqual((await stranger.look('an'))?.colour, 'red');
    // Without a key it is noise, whose loudest note may be any: a tone is the same one again and again.
    const heard: (number | undefined)[] = [];
    for (let i = 0; i < 5; i += 1) {
      const sound = await stranger.call<{ hz: number; loudness: number } | null>('hear', 'an');
      heard.push(sound && sound.loudness >= 0.01 ? sound.hz : undefined);
      await wait(300);
    }
    const isTone = (hz: number | undefined) => hz !== undefined && Math.abs(hz - 500) <= 20;
    assert.ok(!heard.every(isTone), `the tone was heard without a key: ${heard}`);
  });
}
