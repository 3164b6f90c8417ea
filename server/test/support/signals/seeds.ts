import { SignalRequest } from '@livekit/protocol';
import { goldenNames, readGolden } from '../sdp/golden.ts';
import { joinFrames } from './frames.ts';

type Message = NonNullable<NonNullable<ConstructorParameters<typeof SignalRequest>[0]>['message']>;

/** The recordings as frames, and one of each kind of request that they lack. */
export function signalSeeds(): Buffer[] {
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
