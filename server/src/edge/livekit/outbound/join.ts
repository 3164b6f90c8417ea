import { type ICEServer, JoinResponse, ReconnectResponse, SignalResponse } from '@livekit/protocol';
import type { Participant } from '../../../hall/index.ts';
import { pingInterval, pingTimeout } from '../limits.ts';
import { livekitVersion, serverInfo } from './serverInfo.ts';

/** What every client of this node is told. */
export interface NodeDescription {
  readonly region: string;
  readonly nodeId: string;
  readonly iceServers: readonly ICEServer[];
}

/** The first frame of a new session. Others come as they are now; what changes after it comes as updates. */
export function joinMessage(participant: Participant, node: NodeDescription): SignalResponse {
  const { room, peer } = participant;
  const value = new JoinResponse({
    room: room.info,
    participant: participant.info,
    otherParticipants: participant.others(),
    serverVersion: livekitVersion,
    serverInfo: serverInfo(node.region, node.nodeId),
    serverRegion: node.region,
    iceServers: [...node.iceServers],
    subscriberPrimary: participant.primary === 'subscriber',
    // An audience pays for one transport; its second comes when it is promoted.
    fastPublish: peer.publisher !== undefined,
    pingInterval,
    pingTimeout,
    enabledPublishCodecs: [...room.codecs],
  });
  return new SignalResponse({ message: { case: 'join', value } });
}

/** The first frame of a resumed session. */
export function reconnectMessage(lastMessageSeq: number, node: NodeDescription): SignalResponse {
  const value = new ReconnectResponse({
    iceServers: [...node.iceServers],
    serverInfo: serverInfo(node.region, node.nodeId),
    lastMessageSeq,
  });
  return new SignalResponse({ message: { case: 'reconnect', value } });
}
