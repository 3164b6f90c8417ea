import {
  ConnectionQuality,
  ConnectionQualityInfo,
  ConnectionQualityUpdate,
  type DisconnectReason,
  LeaveRequest,
  LeaveRequest_Action,
  type ParticipantInfo,
  ParticipantUpdate,
  RequestResponse,
  type RequestResponse_Reason,
  type Room as RoomInfo,
  RoomUpdate,
  SessionDescription,
  SignalResponse,
  SpeakerInfo,
  SpeakersChanged,
  StreamState,
  StreamStateInfo,
  StreamStateUpdate,
  SubscribedCodec,
  SubscribedQuality,
  SubscribedQualityUpdate,
} from '@livekit/protocol';
import type {
  ActiveSpeaker,
  ConnectionReport,
  LeaveAction,
  StreamState as TrackStreamState,
  WantedQuality,
} from '../../../hall/index.ts';

type Message = SignalResponse['message'];
export const signalResponse = (message: Message): SignalResponse => new SignalResponse({ message });

export const update = (participants: readonly ParticipantInfo[]): SignalResponse =>
  signalResponse({ case: 'update', value: new ParticipantUpdate({ participants: [...participants] }) });

export const description = (
  type: 'offer' | 'answer',
  sdp: string,
  id: number,
  midToTrackId: Readonly<Record<string, string>> = {},
): SignalResponse =>
  signalResponse({ case: type, value: new SessionDescription({ type, sdp, id, midToTrackId: { ...midToTrackId } }) });

export const roomUpdate = (room: RoomInfo): SignalResponse =>
  signalResponse({ case: 'roomUpdate', value: new RoomUpdate({ room }) });

export const speakersChanged = (speakers: readonly ActiveSpeaker[]): SignalResponse =>
  signalResponse({
    case: 'speakersChanged',
    value: new SpeakersChanged({ speakers: speakers.map((speaker) => new SpeakerInfo(speaker)) }),
  });

const qualities = {
  excellent: ConnectionQuality.EXCELLENT,
  good: ConnectionQuality.GOOD,
  poor: ConnectionQuality.POOR,
  lost: ConnectionQuality.LOST,
} as const;

export const connectionQuality = (reports: readonly ConnectionReport[]): SignalResponse =>
  signalResponse({
    case: 'connectionQuality',
    value: new ConnectionQualityUpdate({
      updates: reports.map(
        ({ participantSid, quality, score }) =>
          new ConnectionQualityInfo({ participantSid, quality: qualities[quality], score }),
      ),
    }),
  });

export const streamStates = (states: readonly TrackStreamState[]): SignalResponse =>
  signalResponse({
    case: 'streamStateUpdate',
    value: new StreamStateUpdate({
      streamStates: states.map(
        ({ participantSid, trackSid, paused }) =>
          new StreamStateInfo({ participantSid, trackSid, state: paused ? StreamState.PAUSED : StreamState.ACTIVE }),
      ),
    }),
  });

/** Older clients read the list without a codec. */
export function subscribedQualities(trackSid: string, codec: string, wanted: readonly WantedQuality[]): SignalResponse {
  const list = () => wanted.map((w) => new SubscribedQuality(w));
  const subscribedCodecs = [new SubscribedCodec({ codec, qualities: list() })];
  const value = new SubscribedQualityUpdate({ trackSid, subscribedQualities: list(), subscribedCodecs });
  return signalResponse({ case: 'subscribedQualityUpdate', value });
}

const actions = {
  disconnect: LeaveRequest_Action.DISCONNECT,
  resume: LeaveRequest_Action.RESUME,
  reconnect: LeaveRequest_Action.RECONNECT,
} as const;

export const leave = (reason: DisconnectReason, action: LeaveAction): SignalResponse =>
  signalResponse({
    case: 'leave',
    value: new LeaveRequest({ reason, action: actions[action], canReconnect: action !== 'disconnect' }),
  });

export const requestResponse = (
  requestId: number,
  reason: RequestResponse_Reason,
  message: string,
  request: RequestResponse['request'] = { case: undefined },
): SignalResponse =>
  signalResponse({ case: 'requestResponse', value: new RequestResponse({ requestId, reason, message, request }) });
