import type { MediaKind, RtpCodecParameters, TransportDescription } from '../sfu/types.ts';
import type { SubscribedTrack } from './subscriber.ts';
import { transportLines } from './transport.ts';

/** A section that sends one consumer: whatever codecs, feedback and extensions its parameters have, and no more. */
export function consumerLines(mid: string, track: SubscribedTrack, transport: TransportDescription): string[] {
  const { codecs, headerExtensions = [], encodings = [], rtcp } = track.rtpParameters;
  const { ssrc, rtx } = encodings[0] ?? {};
  const ssrcs = [ssrc, rtx?.ssrc].filter((s) => s !== undefined);
  return [
    `m=${track.kind} 9 UDP/TLS/RTP/SAVPF ${codecs.map((codec) => codec.payloadType).join(' ')}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    ...transportLines(transport, 'actpass', false),
    'a=sendonly',
    `a=msid:${track.participantSid}|${track.trackSid} ${track.trackSid}`,
    'a=rtcp-mux',
    'a=rtcp-rsize',
    ...headerExtensions.map((e) => `a=extmap:${e.id} ${e.uri}`),
    ...codecs.flatMap(codecLines),
    ...(ssrcs.length > 1 ? [`a=ssrc-group:FID ${ssrcs.join(' ')}`] : []),
    ...ssrcs.map((s) => `a=ssrc:${s} cname:${rtcp?.cname ?? track.participantSid}`),
  ];
}

/** A closed section keeps its mid and kind, so that the numbering of the others stays; it is out of the bundle. */
export function closedSectionLines(slot: { mid: string; kind: MediaKind; payloadType: number }): string[] {
  return [
    `m=${slot.kind} 0 UDP/TLS/RTP/SAVPF ${slot.payloadType}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${slot.mid}`,
    'a=inactive',
  ];
}

function codecLines(codec: RtpCodecParameters): string[] {
  const { payloadType, mimeType, clockRate, channels, parameters = {}, rtcpFeedback = [] } = codec;
  const fmtp = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [
    `a=rtpmap:${payloadType} ${mimeType.slice(mimeType.indexOf('/') + 1)}/${clockRate}${channels && channels > 1 ? `/${channels}` : ''}`,
    ...(fmtp.length > 0 ? [`a=fmtp:${payloadType} ${fmtp.join(';')}`] : []),
    ...rtcpFeedback.map((f) => `a=rtcp-fb:${payloadType} ${f.type}${f.parameter ? ` ${f.parameter}` : ''}`),
  ];
}
