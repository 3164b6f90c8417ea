import type { types as ms } from 'mediasoup';
import type { DataChannelKind, DtlsRole } from '../types.ts';
import type { Outgoing, OutgoingLimits } from './Outgoing.ts';

/** What the channels of every peer of a router share: the way into this process, and a producer that never sends. */
export interface DataHub {
  readonly direct: ms.DirectTransport;
  readonly silent: ms.DataProducer;
}

export interface DataChannelEvents {
  message(kind: DataChannelKind, payload: Uint8Array): void;
  /** The reliable channel can be used (and the lossy one, if the peer has one). */
  open(): void;
}

/** The data channels of one transport. They live and die with it: closing a single one would reset its SCTP stream. */
export interface DataChannels {
  readonly isOpen: boolean;
  outgoing(kind: DataChannelKind): Outgoing | undefined;
}

export interface DataChannelContext {
  readonly transport: ms.WebRtcTransport;
  /** RFC 8832, section 6: the DTLS client numbers its channels evenly, the server oddly. */
  readonly clientRole: DtlsRole;
  readonly hub: DataHub;
  readonly limits: OutgoingLimits;
  readonly events: DataChannelEvents;
}

export const labels: Record<string, DataChannelKind> = { _reliable: 'reliable', _lossy: 'lossy' };

/** A peer that opened one of the two channels gets this long for the other before it counts as open. */
export const SECOND_CHANNEL_MS = 300;

/**
 * How our side of an unordered channel is declared: no retransmission, and dropped when it waited this long. The life
 * time must be given: without it the worker (3.27) takes 0 ms and throws away whatever can't leave at once.
 */
const LOSSY_LIFE_MS = 500;

/** Our sending side of a stream. mediasoup gives out stream ids in the order of these calls, starting with 0. */
export function sendingSide({ transport, hub }: DataChannelContext, lossy: boolean): Promise<ms.DataConsumer> {
  const dataProducerId = hub.silent.id;
  return lossy
    ? transport.consumeData({ dataProducerId, ordered: false, maxPacketLifeTime: LOSSY_LIFE_MS })
    : transport.consumeData({ dataProducerId, ordered: true });
}

/** What the peer sends on a stream, brought into this process. Without it the worker drops messages of that stream. */
export async function receivingSide(
  { transport, hub }: DataChannelContext,
  streamId: number,
  onMessage: (message: Buffer, ppid: number) => void,
): Promise<ms.DataConsumer> {
  const producer = await transport.produceData({ sctpStreamParameters: { streamId, ordered: true } });
  const consumer = await hub.direct.consumeData({ dataProducerId: producer.id });
  consumer.on('message', onMessage);
  return consumer;
}
