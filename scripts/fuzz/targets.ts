import { join } from 'node:path';
import { SignalRequest } from '@livekit/protocol';
import { clientDescriptions, goldenNames, readGolden } from '../../server/test/support/sdp/golden.ts';
import { joinFrames } from './frames.ts';

export interface FuzzTarget {
  /** Module that exports `fuzz(data: Buffer)`. */
  readonly file: string;
  /** Parts of paths whose coverage guides the fuzzer. */
  readonly instrument: readonly string[];
  readonly sync: boolean;
  readonly maxLength: number;
  /** Words that mean something to the code. */
  readonly words: readonly string[];
  seeds(): Iterable<string | Uint8Array> | Promise<Iterable<string | Uint8Array>>;
}

/** Attribute names, kinds and numbers of real descriptions: whatever stands before a colon or between spaces, if short. */
function sdpWords(): string[] {
  const words = new Set(['\r\n', 'a=', 'm=']);
  for (const text of clientDescriptions()) {
    for (const word of text.split(/[\r\n :;,]+/)) {
      if (word.length > 1 && word.length < 40 && /^[ -~]+$/.test(word) && !/^[0-9A-F]{2}$/.test(word)) words.add(word);
    }
  }
  return [...words].slice(0, 2000);
}

export const targets: Readonly<Record<string, FuzzTarget>> = {
  sdp: {
    file: join(import.meta.dirname, 'sdp.target.ts'),
    instrument: ['server/src/media/sdp'],
    sync: true,
    maxLength: 32_768,
    words: sdpWords(),
    seeds: clientDescriptions,
  },
  signals: {
    file: join(import.meta.dirname, 'signals.target.ts'),
    instrument: ['server/src/edge/livekit', 'server/src/hall', 'server/src/media/sdp'],
    sync: false,
    maxLength: 65_536,
    words: sdpWords(),
    seeds: signalSeeds,
  },
};

type Message = NonNullable<NonNullable<ConstructorParameters<typeof SignalRequest>[0]>['message']>;

/** The recordings as frames, and one of each kind of request that they lack. */
function signalSeeds(): Buffer[] {
  const frame = (message: Message, text = false): { text: boolean; data: Buffer } => {
    const request = new SignalRequest({ message });
    return { text, data: Buffer.from(text ? request.toJsonString() : request.toBinary()) };
  };
  const sessions = goldenNames.map((name) =>
    readGolden(name).flatMap((r) => {
      if (r.from !== 'client' || r.type === 'join') return [];
      if (r.type !== 'addTrack') return [frame({ case: r.type, value: { type: r.type, sdp: r.sdp, id: 1 } })];
      const simulcastCodecs = [{ codec: r.mime, cid: r.cid }];
      return [
        frame({ case: 'addTrack', value: { cid: r.cid, type: r.layers > 0 ? 1 : 0, source: 1, simulcastCodecs } }),
      ];
    }),
  );
  const sid = 'TR_x';
  const others: Message[] = [
    { case: 'mute', value: { sid, muted: true } },
    { case: 'subscription', value: { trackSids: [sid], subscribe: true, participantTracks: [{ trackSids: [sid] }] } },
    {
      case: 'trackSetting',
      value: { trackSids: [sid], disabled: true, width: 640, height: 360, fps: 15, priority: 1 },
    },
    {
      case: 'subscriptionPermission',
      value: { allParticipants: false, trackPermissions: [{ participantSid: 'PA_x' }] },
    },
    {
      case: 'syncState',
      value: { publishTracks: [{ cid: 'x' }], trackSidsDisabled: [sid], dataChannels: [{ label: '_lossy' }] },
    },
    { case: 'updateMetadata', value: { metadata: '{}', name: 'n', attributes: { a: 'b' }, requestId: 7 } },
    { case: 'updateAudioTrack', value: { trackSid: sid, features: [0, 1] } },
    { case: 'updateVideoTrack', value: { trackSid: sid, width: 1, height: 1 } },
    { case: 'trickle', value: { candidateInit: '{"candidate":""}', target: 0 } },
    { case: 'pingReq', value: { timestamp: 1n, rtt: 2n } },
    { case: 'publishDataTrackRequest', value: {} },
    { case: 'leave', value: { reason: 1 } },
  ];
  const each = others.flatMap((message) => [[frame(message)], [frame(message, true)]]);
  return [...sessions.map((frames) => frames.filter((f) => f.data.length < 0x8000).slice(0, 8)), ...each].map(
    joinFrames,
  );
}
