import type { SfuConfig } from '@dieu-hanh/sfu-config';
import { type types as ms, ortc } from 'mediasoup';

/** Codecs of every router, always in this order: payload types follow from it, and no room may see them change. */
export function routerCodecs(media: SfuConfig['media']): ms.RouterRtpCodecCapability[] {
  const codecs: ms.RouterRtpCodecCapability[] = [
    { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
    { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  ];
  if (media.vp9)
    codecs.push({ kind: 'video', mimeType: 'video/VP9', clockRate: 90_000, parameters: { 'profile-id': 0 } });
  if (media.h264)
    codecs.push({
      kind: 'video',
      mimeType: 'video/H264',
      clockRate: 90_000,
      parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
    });
  return codecs;
}

export const routerCapabilities = (media: SfuConfig['media']): ms.RtpCapabilities =>
  ortc.generateRouterRtpCapabilities(routerCodecs(media));

const transportCc = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
const absSendTime = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';
/** mediasoup's own packet id is for pipes; playout-delay would let a publisher set its viewers' buffers. */
const neverToViewers = [
  'urn:mediasoup:params:rtp-hdrext:packet-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
];

/**
 * What a viewer is taken to receive. Without `rtx` packets are repeated as they were. Without `estimation` the two
 * extensions that feed bandwidth estimation are left out: they are 40 % of the cost of forwarding a packet.
 */
export function viewerCapabilities(
  router: ms.RtpCapabilities,
  { estimation, rtx = true }: { estimation: boolean; rtx?: boolean },
): ms.RtpCapabilities {
  const dropped = estimation ? neverToViewers : [...neverToViewers, transportCc, absSendTime];
  return {
    codecs: (router.codecs ?? [])
      .filter((codec) => rtx || !codec.mimeType.endsWith('/rtx'))
      .map((codec) => ({
        ...codec,
        rtcpFeedback: (codec.rtcpFeedback ?? []).filter(
          (f) => f.type !== 'goog-remb' && (estimation || f.type !== 'transport-cc'),
        ),
      })),
    headerExtensions: (router.headerExtensions ?? []).filter((e) => !dropped.includes(e.uri)),
  };
}
