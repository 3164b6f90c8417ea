import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddTrackRequest, TrackSource, TrackType, VideoQuality } from '@livekit/protocol';
import { pendingTrack } from './trackRequest.ts';

const { LOW, MEDIUM, HIGH } = VideoQuality;
const codecs = ['video/VP8', 'video/H264'];

test('layers stand lowest first, whichever way the client lists them', () => {
  const layers = [HIGH, MEDIUM, LOW].map((quality) => ({
    quality,
    width: 320 * 2 ** quality,
    height: 180 * 2 ** quality,
  }));
  const request = new AddTrackRequest({ cid: 'c', type: TrackType.VIDEO, source: TrackSource.CAMERA, layers });
  const { info, cids } = pendingTrack(request, codecs);
  assert.match(info.sid, /^TR_/);
  assert.deepEqual(
    info.layers.map((l) => l.quality),
    [LOW, MEDIUM, HIGH],
  );
  assert.deepEqual([info.simulcast, info.mimeType, info.stream, info.disableRed], [true, 'video/VP8', 'camera', true]);
  assert.deepEqual(cids, ['c']);
});

test('a codec that is not taken becomes the first that is, and clients read it from the answer', () => {
  const mime = (codec: string) =>
    pendingTrack(
      new AddTrackRequest({ cid: 'c', type: TrackType.VIDEO, simulcastCodecs: [{ codec, cid: 'd' }] }),
      codecs,
    );
  assert.equal(mime('av1').info.mimeType, 'video/VP8');
  assert.equal(mime('h264').info.mimeType, 'video/H264');
  assert.deepEqual(mime('vp8').cids, ['c', 'd']);
  assert.equal(mime('vp9').info.codecs[0]?.mimeType, 'video/VP8');
});

test('sound is Opus; what is shared from a screen goes in a stream of its own', () => {
  const of = (source: TrackSource, stream = '') =>
    pendingTrack(new AddTrackRequest({ cid: 'c', type: TrackType.AUDIO, source, stream }), codecs).info;
  assert.deepEqual([of(TrackSource.MICROPHONE).mimeType, of(TrackSource.MICROPHONE).stream], ['audio/opus', 'camera']);
  assert.equal(of(TrackSource.SCREEN_SHARE_AUDIO).stream, 'screen');
  assert.equal(of(TrackSource.MICROPHONE, 'own').stream, 'own');
});

test('what a client may make long is cut', () => {
  const request = new AddTrackRequest({ cid: 'c', name: 'x'.repeat(10_000), stream: 'y'.repeat(10_000) });
  const { info } = pendingTrack(request, codecs);
  assert.deepEqual([info.name.length, info.stream.length], [256, 256]);
});
