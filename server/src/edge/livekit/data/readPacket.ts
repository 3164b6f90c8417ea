import { DataPacket, ParticipantInfo_Kind } from '@livekit/protocol';
import type { DataParticipant, Recipients } from './types.ts';

export interface RoutedPacket {
  readonly packet: DataPacket;
  readonly recipients: Recipients;
}
/** Why a message goes no further. */
export type DataRefusal = 'malformed' | 'not-allowed' | 'unknown-kind';

/**
 * Reads a message of a data channel, puts the sender's own name on it, and tells for whom it is. Fields that this
 * version does not know stay in it.
 */
export function readPacket(payload: Uint8Array, sender: DataParticipant): RoutedPacket | DataRefusal {
  const { permission } = sender;
  if (!permission.canPublishData) return 'not-allowed';
  let packet: DataPacket;
  try {
    packet = DataPacket.fromBinary(payload);
  } catch {
    return 'malformed';
  }
  switch (packet.value.case) {
    case 'user':
    case 'chatMessage':
    case 'sipDtmf':
    case 'rpcRequest':
    case 'rpcAck':
    case 'rpcResponse':
    case 'streamHeader':
    case 'streamChunk':
    case 'streamTrailer':
    case 'encryptedPacket':
    case 'metrics':
      break;
    case 'transcription':
      if (sender.kind !== ParticipantInfo_Kind.AGENT && !permission.agent) return 'not-allowed';
      break;
    default:
      return 'unknown-kind';
  }
  packet.participantSid = sender.sid;
  packet.participantIdentity = sender.identity;
  const named = [...packet.destinationIdentities];
  if (packet.value.case === 'user') {
    const user = packet.value.value;
    named.push(...user.destinationIdentities, ...user.destinationSids);
    user.participantSid = sender.sid;
    user.participantIdentity = sender.identity;
  }
  const metrics = packet.value.case === 'metrics';
  return { packet, recipients: { sender, named: named.length > 0 ? new Set(named) : undefined, metrics } };
}
