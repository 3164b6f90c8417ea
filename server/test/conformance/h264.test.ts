import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsClient } from '../support/JsClient.ts';
import { suite } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';
import { until } from '../support/until.ts';

const on = suite({ settings: { media: { h264: true } } });
const h264 = { videoCodec: 'h264', backupCodec: false };

/**
 * Makes Chromium offer these forms of H.264 alone, in this order, as other browsers and phones do; `mode` 0 or 1 is the
 * packetization mode. What it encodes is constrained baseline whatever it is called.
 */
const offering = (...forms: readonly string[]) => `{
  const forms = ${JSON.stringify(forms)};
  const real = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function (track, init) {
    const transceiver = real.call(this, track, init);
    const kind = typeof track === 'string' ? track : track.kind;
    if (kind !== 'video' || init?.direction === 'recvonly') return transceiver;
    const value = (c, name) => new RegExp(name + '=([0-9a-f]+)').exec(c.sdpFmtpLine ?? '')?.[1];
    const form = (c) => value(c, 'profile-level-id') + '/' + value(c, 'packetization-mode');
    const all = RTCRtpSender.getCapabilities('video').codecs;
    const wanted = forms.map((f) => all.find((c) => c.mimeType === 'video/H264' && form(c) === f));
    if (wanted.some((c) => !c)) throw new Error('this browser has no ' + forms.join());
    transceiver.setCodecPreferences([...wanted, ...all.filter((c) => c.mimeType === 'video/rtx')]);
    return transceiver;
  };
}`;

/** A browser without a decoder for H.264, as Firefox is where it can't download one. */
const withoutH264 = `{
  const real = RTCPeerConnection.prototype.createAnswer;
  RTCPeerConnection.prototype.createAnswer = function (...args) {
    const codecs = RTCRtpReceiver.getCapabilities('video').codecs.filter((c) => c.mimeType !== 'video/H264');
    const video = this.getTransceivers().filter((t) => t.receiver.track.kind === 'video' && !t.stopped);
    for (const transceiver of video) transceiver.setCodecPreferences(codecs);
    return real.apply(this, args);
  };
}`;

/** A browser whose answers claim another level than the offer. */
const answering = (level: string) => `{
  const real = RTCPeerConnection.prototype.createAnswer;
  RTCPeerConnection.prototype.createAnswer = async function (...args) {
    const answer = await real.apply(this, args);
    return { type: answer.type, sdp: answer.sdp.replaceAll(/profile-level-id=(....)../g, 'profile-level-id=$1${level}') };
  };
}`;

/** Codec and frame height of what that viewer decodes. */
const received = (viewer: JsClient) =>
  viewer.run<{ codec: string; fmtp: string; height: number }>(`
    const track = [...room.remoteParticipants.get('an').videoTrackPublications.values()][0].track;
    const stats = await track.receiver.getStats();
    const inbound = [...stats.values()].find((s) => s.type === 'inbound-rtp');
    const codec = stats.get(inbound?.codecId);
    return { codec: codec?.mimeType, fmtp: codec?.sdpFmtpLine ?? '', height: inbound?.frameHeight };
  `);

for (const simulcast of [false, true])
  test(`an H.264 publisher ${simulcast ? 'of two layers' : 'of one layer'} is seen in the browser and by rtc-node`, async () => {
    const room = freshRoom('h264');
    const an = await on.js(room, 'an');
    const binh = await on.js(room, 'binh');
    const chi = await on.rtc(room, 'chi');
    const sid = await an.publishColour('blue', { width: 640, height: 360, ...h264, simulcast });
    const eye = await chi.watch('an');
    await binh.sees('an', 'blue', 20_000);
    await until('blue at rtc-node', () => eye.colour === 'blue' && eye.frames > 10, 20_000);
    assert.equal((await received(binh)).codec, 'video/H264');
    const layers = await an.call<{ rid: string }[]>('sent', sid);
    assert.equal(layers.length, simulcast ? 2 : 1);
    // Who comes later gets a picture by a key frame of their own.
    const dung = await on.js(room, 'dung');
    await dung.sees('an', 'blue', 20_000);
  });

const forms: Readonly<Record<string, readonly string[]>> = {
  'constrained baseline before baseline': ['42e01f/1', '42001f/1'],
  'baseline before constrained baseline': ['42001f/1', '42e01f/1', '42e01f/0'],
  'main before constrained baseline': ['4d001f/1', '4d001f/0', '42e01f/0', '42e01f/1'],
  'packetization mode 0 alone': ['42e01f/0'],
  'baseline alone': ['42001f/1'],
};
for (const [what, offered] of Object.entries(forms))
  test(`a publisher that offers ${what} is seen in the browser and by rtc-node`, async () => {
    const room = freshRoom('h264');
    const an = await on.js(room, 'an', { prepare: offering(...offered) });
    const binh = await on.js(room, 'binh');
    const chi = await on.rtc(room, 'chi');
    await an.publishColour('red', { width: 640, height: 360, ...h264, simulcast: false });
    await binh.sees('an', 'red', 20_000);
    const eye = await chi.watch('an');
    await until('red at rtc-node', () => eye.colour === 'red' && eye.frames > 10, 20_000);
    const { codec, fmtp } = await received(binh);
    assert.equal(codec, 'video/H264');
    if (on.target.own) assert.match(fmtp, /packetization-mode=1;profile-level-id=42e01f/);
  });

for (const level of ['0d', '28', '34'])
  test(`a viewer who answers with level ${level} of the profile is served`, async () => {
    const room = freshRoom('h264');
    const an = await on.js(room, 'an');
    const binh = await on.js(room, 'binh', { prepare: answering(level) });
    await an.publishColour('green', { width: 640, height: 360, ...h264, simulcast: false });
    await binh.sees('an', 'green', 20_000);
    assert.equal((await received(binh)).codec, 'video/H264');
  });

test('a viewer without H.264 is told so, keeps his other tracks, and others are not touched', async () => {
  const room = freshRoom('h264');
  const an = await on.js(room, 'an');
  const binh = await on.js(room, 'binh', { prepare: withoutH264 });
  const chi = await on.js(room, 'chi');
  await an.publishTone(500);
  await binh.hears('an', 500);
  const sid = await an.publishColour('blue', { width: 320, height: 180, ...h264, simulcast: false });
  await chi.sees('an', 'blue', 20_000);
  if (on.target.own) {
    const [failed, , reason] = await binh.saw('trackSubscriptionFailed', { where: (track) => track === sid });
    assert.deepEqual([failed, reason], [sid, 1]);
  }
  await binh.hears('an', 500);
  await until('nothing of the picture is decoded', async () => (await binh.look('an')) === undefined);
  // What he can decode he gets, in the same connection.
  const other = await an.publishColour('yellow', { source: 'screen_share', videoCodec: 'vp8', simulcast: false });
  await binh.saw('trackSubscribed', { where: (track) => track.sid === other });
});

test('three layers of H.264 at 720p: each can be chosen, again and again, and none stands still', async () => {
  const room = freshRoom('h264');
  const an = await on.js(room, 'an');
  const binh = await on.js(room, 'binh');
  await an.publishColour('blue', { width: 1280, height: 720, fps: 25, noise: true, ...h264, simulcast: true });
  await binh.sees('an', 'blue', 20_000);
  const heights = [180, 360, 720];
  for (const quality of [0, 1, 2, 0, 2, 1, 2]) {
    await binh.run(
      `[...room.remoteParticipants.get('an').videoTrackPublications.values()][0].setVideoQuality(arg)`,
      quality,
    );
    await until(`layer ${quality}`, async () => (await received(binh)).height === heights[quality], 30_000);
    const before = (await binh.look('an'))?.frames ?? 0;
    await until('it moves', async () => ((await binh.look('an'))?.frames ?? 0) > before + 10);
  }
});
