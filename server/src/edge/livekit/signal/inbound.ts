import {
  type AddTrackRequest,
  DisconnectReason,
  type MuteTrackRequest,
  Pong,
  type PublishDataTrackRequest,
  RequestResponse_Reason as Reason,
  type SignalRequest,
  type SubscriptionPermission,
  type SyncState,
  TrackType,
  type UpdateParticipantMetadata,
  type UpdateSubscription,
  type UpdateTrackSettings,
} from '@livekit/protocol';
import type { Participant } from '../../../hall/index.ts';
import { MAX_ATTRIBUTES_LENGTH, MAX_FEATURES, MAX_METADATA_LENGTH, MAX_NAME_LENGTH } from '../limits.ts';
import { requestResponse, signalResponse } from '../outbound/messages.ts';
import { isSaid, UNSEEN } from '../said.ts';
import type { SignalSession } from './SignalSession.ts';
import { simulate } from './simulate.ts';
import { pendingTrack } from './trackRequest.ts';

export interface InboundContext {
  readonly session: SignalSession;
  /** SimulateScenario requests are obeyed: tests and drills only. */
  readonly allowSimulate: boolean;
  /** A message that we do not know, or do not serve. */
  ignored(name: string): void;
}

/** Each is looked through for each viewer. */
const MAX_RULES = 500;
/** Ours are far shorter. Who names longer ones names nobody, and other nodes would not take what they say (ND1). */
const MAX_SID_LENGTH = 100;

/** The one place where a client's signal messages are told apart. Nothing here waits; what takes time is queued. */
export function receive(request: SignalRequest, context: InboundContext): void {
  const { session } = context;
  const { participant } = session;
  const { message } = request;
  switch (message.case) {
    case 'offer':
      void participant.publishing.offer(message.value.sdp, message.value.id);
      break;
    case 'answer':
      void participant.viewing.answer(message.value.sdp, message.value.id);
      break;
    case 'trickle':
      break; // All candidates stand in the SDP, and ICE-lite needs none of the client's.
    case 'addTrack':
      addTrack(message.value, session);
      break;
    case 'mute':
      mute(message.value, participant);
      break;
    case 'subscription':
      participant.viewing.wish(trackSids(message.value), message.value.subscribe);
      break;
    case 'trackSetting':
      trackSetting(message.value, participant);
      break;
    case 'subscriptionPermission':
      subscriptionPermission(message.value, participant);
      break;
    case 'syncState':
      syncState(message.value, context);
      break;
    case 'updateMetadata':
      updateMetadata(message.value, session);
      break;
    case 'updateAudioTrack': {
      const { trackSid, features } = message.value;
      participant.publishing.amend(trackSid, (info) =>
        Object.assign(info, { audioFeatures: features.slice(0, MAX_FEATURES) }),
      );
      break;
    }
    case 'updateVideoTrack': {
      const { trackSid, width, height } = message.value;
      participant.publishing.amend(trackSid, (info) => Object.assign(info, { width, height }));
      break;
    }
    case 'ping':
      session.send(signalResponse({ case: 'pong', value: BigInt(Date.now()) }));
      break;
    case 'pingReq': {
      const value = new Pong({ lastPingTimestamp: message.value.timestamp, timestamp: BigInt(Date.now()) });
      session.send(signalResponse({ case: 'pongResp', value }));
      break;
    }
    case 'leave':
      participant.depart(DisconnectReason.CLIENT_INITIATED);
      session.close();
      break;
    case 'publishDataTrackRequest':
      refuseDataTrack(message.value, session);
      break;
    case 'simulate':
      if (context.allowSimulate) simulate(message.value, session);
      else context.ignored('simulate');
      break;
    default:
      context.ignored(message.case ?? 'unknown');
      break;
  }
}

function addTrack(request: AddTrackRequest, session: SignalSession): void {
  const { participant } = session;
  const codecs = participant.room.codecs.map((c) => c.mime).filter((mime) => mime.startsWith('video/'));
  const refuse = (reason: Reason, text: string) =>
    session.send(requestResponse(0, reason, text, { case: 'addTrack', value: request }));
  // A second codec of a track that is published: never asked for by this server.
  if (request.sid !== '') {
    refuse(Reason.NOT_ALLOWED, 'backup codecs are not served');
    return;
  }
  if (request.cid === '' || (request.type !== TrackType.AUDIO && request.type !== TrackType.VIDEO)) {
    refuse(Reason.INVALID_REQUEST, 'no cid, or neither audio nor video');
    return;
  }
  const refusal = participant.publishing.request(pendingTrack(request, codecs));
  if (refusal === 'not-allowed') refuse(Reason.NOT_ALLOWED, 'may not publish this source');
  if (refusal === 'limit-exceeded') refuse(Reason.LIMIT_EXCEEDED, 'too many tracks');
}

/** After the offers that came before it: the track may be in the midst of being published. */
function mute({ sid, muted }: MuteTrackRequest, participant: Participant): void {
  participant.publishing.mutePending(sid, muted);
  void participant.mailbox.post('mute', async () => {
    const publication = participant.publications.get(sid);
    if (publication) await participant.publishing.mute(publication, 'client', muted);
  });
}

const trackSids = (request: UpdateSubscription): string[] => [
  ...request.trackSids,
  ...request.participantTracks.flatMap((tracks) => tracks.trackSids),
];

function trackSetting(request: UpdateTrackSettings, participant: Participant): void {
  const { trackSids: sids, disabled, quality, width, height, fps, priority } = request;
  participant.viewing.set(sids, { disabled, quality, width, height, fps, priority });
}

function subscriptionPermission(request: SubscriptionPermission, participant: Participant): void {
  const rules = request.trackPermissions.slice(0, MAX_RULES).flatMap((rule) => {
    const { participantIdentity, allTracks } = rule;
    // Where there is an identity the sid counts for nothing.
    const participantSid = participantIdentity === '' ? rule.participantSid : '';
    if (participantIdentity.length > MAX_NAME_LENGTH || participantSid.length > MAX_SID_LENGTH) return [];
    const sids = rule.trackSids.filter((sid) => sid.length <= MAX_SID_LENGTH);
    return [{ participantSid, participantIdentity, allTracks, trackSids: sids }];
  });
  participant.publishing.setRules({ allParticipants: request.allParticipants, rules });
}

/** What the client believes after a resume. Tracks that it publishes and we do not know put it out of step. */
function syncState(state: SyncState, { session }: InboundContext): void {
  const { participant } = session;
  const unknown = state.publishTracks.some(({ track }) => track && !participant.publishing.knows(track.sid));
  if (unknown) {
    participant.depart(DisconnectReason.STATE_MISMATCH, 'reconnect');
    return;
  }
  const { subscription } = state;
  if (subscription && trackSids(subscription).length > 0) {
    participant.viewing.wish(trackSids(subscription), subscription.subscribe);
  }
  participant.viewing.disable(state.trackSidsDisabled);
}

function updateMetadata(request: UpdateParticipantMetadata, session: SignalSession): void {
  const { requestId, metadata, name, attributes } = request;
  const { participant } = session;
  const answer = (reason: Reason, text: string) =>
    session.send(requestResponse(requestId, reason, text, { case: 'updateMetadata', value: request }));
  if (!participant.permission.canUpdateMetadata) {
    answer(Reason.NOT_ALLOWED, 'does not have permission to update own metadata');
    return;
  }
  const merged = { ...participant.attributes, ...attributes };
  const size = Object.entries(merged).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  if (metadata.length > MAX_METADATA_LENGTH || name.length > MAX_NAME_LENGTH || size > MAX_ATTRIBUTES_LENGTH) {
    answer(Reason.LIMIT_EXCEEDED, 'metadata, name or attributes are too large');
    return;
  }
  if (!isSaid(request)) {
    answer(Reason.NOT_ALLOWED, UNSEEN);
    return;
  }
  // Empty means no change, as everywhere in this protocol.
  participant.change({ name: name || undefined, metadata: metadata || undefined, attributes });
  answer(Reason.OK, '');
}

function refuseDataTrack(value: PublishDataTrackRequest, session: SignalSession): void {
  const text = 'data tracks are not served';
  session.send(requestResponse(0, Reason.NOT_ALLOWED, text, { case: 'publishDataTrack', value }));
}
