import {
  type DisconnectReason,
  MuteTrackRequest,
  type ParticipantInfo,
  type Room as RoomInfo,
  type SignalResponse,
  type SubscriptionError,
  SubscriptionPermissionUpdate,
  SubscriptionResponse,
  type TrackInfo,
  TrackPublishedResponse,
  TrackSubscribed,
  TrackUnpublishedResponse,
} from '@livekit/protocol';
import type {
  ActiveSpeaker,
  ConnectionReport,
  LeaveAction,
  Participant,
  ParticipantOutlet,
  StreamState,
  WantedQuality,
} from '../../../hall/index.ts';
import * as out from '../outbound/messages.ts';
import { refreshEverySeconds } from '../tokens.ts';
import type { SignalSocket } from './SignalSocket.ts';

/** One participant on one socket: turns what the hall says into signal messages. */
export class SignalSession implements ParticipantOutlet {
  readonly participant: Participant;
  readonly #socket: SignalSocket;
  readonly #issueToken: (participant: Participant) => Promise<string>;
  readonly #refresh: NodeJS.Timeout;

  constructor(
    participant: Participant,
    socket: SignalSocket,
    issueToken: (participant: Participant) => Promise<string>,
  ) {
    this.participant = participant;
    this.#socket = socket;
    this.#issueToken = issueToken;
    this.#refresh = setInterval(() => this.refreshToken(), refreshEverySeconds * 1000);
    this.#refresh.unref();
  }

  send(message: SignalResponse): void {
    this.#socket.send(message);
  }
  update(participants: readonly ParticipantInfo[]): void {
    this.#socket.sendShared(participants, out.update);
  }
  offer(sdp: string, id: number, trackByMid: Readonly<Record<string, string>>): void {
    this.send(out.description('offer', sdp, id, trackByMid));
  }
  answer(sdp: string, id: number): void {
    this.send(out.description('answer', sdp, id));
  }
  trackPublished(cid: string, track: TrackInfo): void {
    this.send(out.signalResponse({ case: 'trackPublished', value: new TrackPublishedResponse({ cid, track }) }));
  }
  trackUnpublished(trackSid: string): void {
    this.send(out.signalResponse({ case: 'trackUnpublished', value: new TrackUnpublishedResponse({ trackSid }) }));
  }
  mute(sid: string, muted: boolean): void {
    this.send(out.signalResponse({ case: 'mute', value: new MuteTrackRequest({ sid, muted }) }));
  }
  trackSubscribed(trackSid: string): void {
    this.send(out.signalResponse({ case: 'trackSubscribed', value: new TrackSubscribed({ trackSid }) }));
  }
  subscribedQualities(trackSid: string, codec: string, qualities: readonly WantedQuality[]): void {
    this.send(out.subscribedQualities(trackSid, codec, qualities));
  }
  subscriptionPermission(participantSid: string, trackSid: string, allowed: boolean): void {
    const value = new SubscriptionPermissionUpdate({ participantSid, trackSid, allowed });
    this.send(out.signalResponse({ case: 'subscriptionPermissionUpdate', value }));
  }
  subscriptionRefused(trackSid: string, err: SubscriptionError): void {
    this.send(out.signalResponse({ case: 'subscriptionResponse', value: new SubscriptionResponse({ trackSid, err }) }));
  }
  speakers(speakers: readonly ActiveSpeaker[]): void {
    this.#socket.sendShared(speakers, out.speakersChanged);
  }
  qualities(reports: readonly ConnectionReport[]): void {
    this.send(out.connectionQuality(reports));
  }
  streamStates(states: readonly StreamState[]): void {
    this.#socket.sendShared(states, out.streamStates);
  }
  roomUpdate(room: RoomInfo): void {
    this.#socket.sendShared(room, out.roomUpdate);
  }

  refreshToken(): void {
    void this.#issueToken(this.participant).then(
      (value) => this.send(out.signalResponse({ case: 'refreshToken', value })),
      (err) => this.participant.log.warn({ err }, 'no refresh token'),
    );
  }

  leave(reason: DisconnectReason, action: LeaveAction): void {
    this.send(out.leave(reason, action));
    this.close();
  }

  /** The socket alone; what becomes of the participant is decided by their ConnectionWatch. */
  close(code?: number, reason?: string): void {
    clearInterval(this.#refresh);
    this.#socket.close(code, reason);
  }

  /** As if the network had gone. */
  cut(): void {
    clearInterval(this.#refresh);
    this.#socket.terminate();
  }

  /** Called when the socket is gone. */
  ended(): void {
    clearInterval(this.#refresh);
    this.participant.detach(this);
  }
}
