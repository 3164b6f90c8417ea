import type { SubscribedTrack } from '../../../src/media/sdp/index.ts';
import type { RtpParameters, TransportDescription } from '../../../src/media/sfu/types.ts';

/** A transport of ours as the SFU describes it: one UDP and one TCP candidate. */
export const sampleTransport: TransportDescription = {
  iceUfrag: 'serverufrag00001',
  icePwd: 'serverpassword000000000000000001',
  candidates: [
    {
      foundation: 'udpcandidate',
      priority: 1_076_302_079,
      ip: '127.0.0.1',
      address: '127.0.0.1',
      protocol: 'udp',
      port: 40_000,
      type: 'host',
    },
    {
      foundation: 'tcpcandidate',
      priority: 1_076_276_479,
      ip: '127.0.0.1',
      address: '127.0.0.1',
      protocol: 'tcp',
      port: 40_000,
      type: 'host',
      tcpType: 'passive',
    },
  ],
  fingerprints: [
    { algorithm: 'sha-1', value: Array.from({ length: 20 }, () => 'AA').join(':') },
    {
      algorithm: 'sha-256',
      value: Array.from({ length: 32 }, (_, i) => (i + 16).toString(16).toUpperCase()).join(':'),
    },
  ],
  sctpPort: 5000,
  maxMessageSize: 262_144,
};

/** What the SFU's consumers look like: payload types and header extensions of its router, audio for even numbers. */
export function sampleConsumer(n: number, mid = String(n)): SubscribedTrack {
  const kind = n % 2 === 0 ? 'audio' : 'video';
  return {
    kind,
    rtpParameters: kind === 'audio' ? audio(n, mid) : video(n, mid),
    participantSid: 'PA_p',
    trackSid: `TR_${n}`,
  };
}

const audio = (n: number, mid: string): RtpParameters => ({
  mid,
  codecs: [
    {
      mimeType: 'audio/opus',
      payloadType: 100,
      clockRate: 48_000,
      channels: 2,
      parameters: { minptime: 10, useinbandfec: 1, usedtx: 1 },
      rtcpFeedback: [],
    },
  ],
  headerExtensions: [
    { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
    { uri: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time', id: 4 },
  ],
  encodings: [{ ssrc: 1000 + 2 * n }],
  rtcp: { cname: 'sample', reducedSize: true },
});

const video = (n: number, mid: string): RtpParameters => ({
  mid,
  codecs: [
    {
      mimeType: 'video/VP8',
      payloadType: 101,
      clockRate: 90_000,
      parameters: {},
      rtcpFeedback: [
        { type: 'nack', parameter: '' },
        { type: 'nack', parameter: 'pli' },
        { type: 'ccm', parameter: 'fir' },
        { type: 'transport-cc', parameter: '' },
      ],
    },
    { mimeType: 'video/rtx', payloadType: 102, clockRate: 90_000, parameters: { apt: 101 }, rtcpFeedback: [] },
  ],
  headerExtensions: [
    { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
    { uri: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time', id: 4 },
    { uri: 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01', id: 5 },
  ],
  encodings: [{ ssrc: 1000 + 2 * n, rtx: { ssrc: 1001 + 2 * n } }],
  rtcp: { cname: 'sample', reducedSize: true },
});
