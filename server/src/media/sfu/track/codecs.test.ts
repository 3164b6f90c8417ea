import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import { type types as ms, ortc } from 'mediasoup';
import { routerCapabilities, viewerCapabilities } from '../worker/capabilities.ts';

const { media } = parseSfuConfig({ media: { h264: true } });
const router = routerCapabilities(media);

/** What a viewer is told of H.264 that a publisher sends with these parameters; throws where mediasoup takes none of it. */
function toldToViewers(parameters: Record<string, string | number>) {
  const rtpParameters: ms.RtpParameters = {
    mid: '1',
    codecs: [{ mimeType: 'video/H264', payloadType: 108, clockRate: 90_000, parameters, rtcpFeedback: [] }],
    headerExtensions: [],
    encodings: [{ ssrc: 1 }],
    rtcp: { cname: 'c' },
  };
  ortc.validateAndNormalizeRtpParameters(rtpParameters);
  const mapping = ortc.getProducerRtpParametersMapping(rtpParameters, router);
  const consumableRtpParameters = ortc.getConsumableRtpParameters('video', rtpParameters, router, mapping);
  const remoteRtpCapabilities = viewerCapabilities(router, { estimation: false });
  ortc.validateAndNormalizeRtpCapabilities(remoteRtpCapabilities);
  assert.ok(ortc.canConsume(consumableRtpParameters, remoteRtpCapabilities));
  const options = { consumableRtpParameters, remoteRtpCapabilities, pipe: false, enableRtx: true };
  return ortc.getConsumerRtpParameters(options).codecs.map((codec) => codec.parameters);
}

for (const level of ['0a', '0d', '1e', '1f', '20', '28', '2a', '33', '34'])
  test(`H.264 of level ${level} with level asymmetry is told to viewers as it is`, () => {
    const parameters = {
      'level-asymmetry-allowed': 1,
      'packetization-mode': 1,
      'profile-level-id': `42e0${level}`,
    };
    assert.deepEqual(toldToViewers(parameters)[0], parameters);
  });

test('without level asymmetry viewers are told 3.1 at most, as the router is', () => {
  const told = (level: string) =>
    toldToViewers({ 'packetization-mode': 1, 'profile-level-id': `42e0${level}` })[0]?.['profile-level-id'];
  assert.deepEqual(['1e', '1f', '28'].map(told), ['42e01e', '42e01f', '42e01f']);
});
