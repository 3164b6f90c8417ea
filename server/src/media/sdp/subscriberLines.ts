import type { RtpCodecParameters, TransportDescription } from '../sfu/types.ts';
import type { SubscribedTrack } from './subscriber.ts';
import { transportLines } from './transport.ts';

interface Section {
  readonly mid: string;
  readonly track: SubscribedTrack;
}

/** A section that sends one consumer: whatever codecs, feedback and extensions its parameters have, and no more. */
export function consumerLines(section: Section, transport: TransportDescription): string[] {
  const { participantSid, trackSid, rtpParameters } = section.track;
  const { encodings = [], rtcp } = rtpParameters;
  const { ssrc, rtx } = encodings[0] ?? {};
  const ssrcs = [ssrc, rtx?.ssrc].filter((s) => s !== undefined);
  return [
    ...openLines(section, transport),
    'a=sendonly',
    `a=msid:${participantSid}|${trackSid} ${trackSid}`,
    ...(ssrcs.length > 1 ? [`a=ssrc-group:FID ${ssrcs.join(' ')}`] : []),
    ...ssrcs.map((s) => `a=ssrc:${s} cname:${rtcp?.cname ?? participantSid}`),
  ];
}

/** A section that is open and sends nothing. */
export const idleSectionLines = (section: Section, transport: TransportDescription): string[] => [
  ...openLines(section, transport),
  'a=inactive',
];

/** A closed section keeps its mid and kind, so that the numbering of the others stays; it is out of the bundle. */
export function closedSectionLines({ mid, track }: Section): string[] {
  return [
    `m=${track.kind} 0 UDP/TLS/RTP/SAVPF ${track.rtpParameters.codecs[0]?.payloadType ?? 0}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    'a=inactive',
  ];
}

function openLines({ mid, track }: Section, transport: TransportDescription): string[] {
  const { codecs, headerExtensions = [] } = track.rtpParameters;
  return [
    `m=${track.kind} 9 UDP/TLS/RTP/SAVPF ${codecs.map((codec) => codec.payloadType).join(' ')}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    ...transportLines(transport, 'actpass', false),
    'a=rtcp-mux',
    'a=rtcp-rsize',
    ...headerExtensions.map((e) => `a=extmap:${e.id} ${e.uri}`),
    ...codecs.flatMap(codecLines),
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
