import type { MediaKind, RtpHeaderExtensionParameters } from '../sfu/types.ts';
import { all, readNumber, type SdpSection } from './document.ts';

export const TRANSPORT_CC = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

/**
 * Header extensions that the SFU takes from a publisher. Any other one would make it refuse the whole track.
 * Left out although known: playout-delay (unused), the AV1 dependency descriptor (no AV1), and abs-capture-time: once
 * it is agreed upon, the worker times simulcast layers by it alone. Where it does not come with each layer, a viewer
 * whose layer ended could get no other (decision 025).
 */
const accepted: Readonly<Record<MediaKind, ReadonlySet<string>>> = {
  audio: new Set([
    'urn:ietf:params:rtp-hdrext:sdes:mid',
    'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
    TRANSPORT_CC,
    'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  ]),
  video: new Set([
    'urn:ietf:params:rtp-hdrext:sdes:mid',
    'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
    'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
    'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
    TRANSPORT_CC,
    'urn:3gpp:video-orientation',
    'urn:ietf:params:rtp-hdrext:toffset',
  ]),
};

/** The offer's header extensions that we accept, with the offer's ids; each uri and each id once. */
export function acceptedExtensions(section: SdpSection, kind: MediaKind): RtpHeaderExtensionParameters[] {
  const extensions: RtpHeaderExtensionParameters[] = [];
  for (const value of all(section.attributes, 'extmap')) {
    const [idText, uri = ''] = value.split(' ');
    // `4/recvonly`: the publisher would not send it.
    const [digits, direction] = (idText ?? '').split('/');
    const id = readNumber(digits, 255);
    if (id === undefined || id === 0 || direction === 'recvonly' || direction === 'inactive') continue;
    if (!accepted[kind].has(uri) || extensions.some((e) => e.id === id || e.uri === uri)) continue;
    extensions.push({ uri: uri as RtpHeaderExtensionParameters['uri'], id, encrypt: false, parameters: {} });
  }
  return extensions;
}
