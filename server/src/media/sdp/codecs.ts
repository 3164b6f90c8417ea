import type { MediaKind, RtpCodecParameters } from '../sfu/types.ts';
import { all, readNumber, type SdpSection } from './document.ts';
import { TRANSPORT_CC } from './extensions.ts';
import { h264Parameters, h264Rank } from './h264.ts';

/** A payload type as the section offers it, with its `a=fmtp` as written. */
export interface OfferedCodec {
  readonly payloadType: number;
  readonly name: string;
  readonly clockRate: number;
  readonly channels: number | undefined;
  readonly fmtp: ReadonlyMap<string, string>;
}

/** A codec chosen for a section; `rtx` is the payload type that repeats it, where the client has one. */
export interface ChosenCodec {
  readonly codec: OfferedCodec;
  readonly mime: string;
  readonly rtx: OfferedCodec | undefined;
  readonly feedback: readonly string[];
}

/** Codecs of ours by the lower-case name of the SDP; and the fmtp that other participants may see of them. */
const known: Readonly<Record<MediaKind, ReadonlyMap<string, { mime: string; parameters: readonly string[] }>>> = {
  audio: new Map([
    [
      'opus',
      {
        mime: 'audio/opus',
        parameters: ['minptime', 'useinbandfec', 'usedtx', 'stereo', 'sprop-stereo', 'maxplaybackrate'],
      },
    ],
  ]),
  video: new Map([
    ['vp8', { mime: 'video/VP8', parameters: [] }],
    ['vp9', { mime: 'video/VP9', parameters: ['profile-id'] }],
    ['h264', { mime: 'video/H264', parameters: [] }],
  ]),
};

const feedbackOf: Readonly<Record<MediaKind, readonly string[]>> = {
  audio: ['nack', 'transport-cc'],
  video: ['nack', 'nack pli', 'ccm fir', 'goog-remb', 'transport-cc'],
};

/** Each codec of the section that we could take, in the client's order of preference. */
export function usableCodecs(section: SdpSection, kind: MediaKind): ChosenCodec[] {
  const offered = readCodecs(section);
  const usable: ChosenCodec[] = [];
  for (const codec of offered) {
    const mime = mimeOf(codec, kind);
    if (mime === undefined) continue;
    const apt = String(codec.payloadType);
    usable.push({
      codec,
      mime,
      rtx: offered.find((c) => c.name === 'rtx' && c.fmtp.get('apt') === apt && c.clockRate === codec.clockRate),
      feedback: acceptedFeedback(section, kind, codec.payloadType),
    });
  }
  return usable;
}

/** What the SFU is told: numbers as numbers, and nothing that concerns only the publisher's own encoder. */
export function codecParameters(codec: OfferedCodec, kind: MediaKind): Record<string, string | number> {
  if (codec.name === 'h264') return h264Parameters(codec);
  const parameters: Record<string, string | number> = {};
  for (const name of known[kind].get(codec.name)?.parameters ?? []) {
    const number = readNumber(codec.fmtp.get(name), 0x7fffffff);
    if (number !== undefined) parameters[name] = number;
  }
  return parameters;
}

/** `nack pli` as mediasoup writes it. */
export function toRtcpFeedback(feedback: readonly string[]): NonNullable<RtpCodecParameters['rtcpFeedback']> {
  return feedback.map((line) => {
    const [type = '', parameter = ''] = line.split(' ');
    return { type, parameter };
  });
}

function readCodecs(section: SdpSection): OfferedCodec[] {
  const maps = byPayloadType(all(section.attributes, 'rtpmap'));
  const fmtps = byPayloadType(all(section.attributes, 'fmtp'));
  const codecs: OfferedCodec[] = [];
  for (const format of new Set(section.formats)) {
    const payloadType = readNumber(format, 127);
    const [name = '', rate, channels] = maps.get(format)?.split('/') ?? [];
    const clockRate = readNumber(rate, 1_000_000);
    if (payloadType === undefined || name === '' || clockRate === undefined) continue;
    codecs.push({
      payloadType,
      name: name.toLowerCase(),
      clockRate,
      channels: readNumber(channels, 255),
      fmtp: readFmtp(fmtps.get(format)),
    });
  }
  return codecs;
}

function readFmtp(text: string | undefined): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of text?.split(';') ?? []) {
    const trimmed = part.trim();
    const equals = trimmed.indexOf('=');
    if (equals > 0) parameters.set(trimmed.slice(0, equals).toLowerCase(), trimmed.slice(equals + 1));
  }
  return parameters;
}

/** `96 VP8/90000` -> `96` => `VP8/90000`; the first line of a payload type counts. */
function byPayloadType(lines: readonly string[]): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const line of lines) {
    const space = line.indexOf(' ');
    if (space > 0 && !map.has(line.slice(0, space))) map.set(line.slice(0, space), line.slice(space + 1).trim());
  }
  return map;
}

function mimeOf(codec: OfferedCodec, kind: MediaKind): string | undefined {
  const mime = known[kind].get(codec.name)?.mime;
  switch (mime) {
    case 'audio/opus':
      return codec.clockRate === 48_000 && codec.channels === 2 ? mime : undefined;
    case 'video/VP9':
      return codec.clockRate === 90_000 && (codec.fmtp.get('profile-id') ?? '0') === '0' ? mime : undefined;
    case 'video/H264':
      return codec.clockRate === 90_000 && h264Rank(codec) !== undefined ? mime : undefined;
    default:
      return codec.clockRate === 90_000 ? mime : undefined;
  }
}

function acceptedFeedback(section: SdpSection, kind: MediaKind, payloadType: number): string[] {
  const offered = new Set<string>();
  for (const line of all(section.attributes, 'rtcp-fb')) {
    const space = line.indexOf(' ');
    const target = line.slice(0, space);
    if (target === '*' || target === String(payloadType)) offered.add(line.slice(space + 1).trim());
  }
  const hasTransportCc = all(section.attributes, 'extmap').some((e) => e.includes(TRANSPORT_CC));
  return feedbackOf[kind].filter((feedback) => {
    if (feedback === 'transport-cc' && !hasTransportCc) return false;
    // One estimator at a time: transport-cc wins where both are offered.
    if (feedback === 'goog-remb' && hasTransportCc && offered.has('transport-cc')) return false;
    return offered.has(feedback);
  });
}
