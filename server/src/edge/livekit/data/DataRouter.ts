import {
  DataPacket,
  type DataPacket_Kind,
  DisconnectReason,
  DataPacket_Kind as Kind,
  UserPacket,
} from '@livekit/protocol';
import type { DataChannelKind } from '../../../media/sfu/types.ts';
import type { Relayed } from './DataRelay.ts';
import { MessageLog } from './MessageLog.ts';
import { type DataRefusal, readPacket } from './readPacket.ts';
import { SenderLimits } from './SenderLimits.ts';
import { ServerRpc } from './ServerRpc.ts';
import { type DataParticipant, type DataRoom, isFor, type Recipients } from './types.ts';

/** Messages are kept this long, for channels that open late. */
const KEPT_MS = 15_000;
const KEPT_BYTES = 8 * 1024 * 1024;
const NONCE_MS = 60_000;
const BYTES_PER_SECOND = 250_000;

export interface DataRouterOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly keptMs?: number;
  readonly keptBytes?: number;
  /** What one identity may send, bytes a second on average. */
  readonly bytesPerSecond?: number;
  /** Counts messages that went no further. */
  readonly refused?: (why: Refusal) => void;
  /** Takes messages to other nodes. */
  readonly relay?: ((kind: DataChannelKind, message: Relayed) => void) | undefined;
}
type Refusal = DataRefusal | 'repeated' | 'too-much';
/** A message of the server's own, by RoomService. */
export interface ServerMessage {
  readonly payload: Uint8Array;
  readonly kind: DataPacket_Kind;
  readonly topic?: string | undefined;
  /** The same nonce again is the same message again. */
  readonly nonce: Uint8Array;
  readonly destinationIdentities: readonly string[];
  readonly destinationSids: readonly string[];
}

/** Who gets which data message, and in which order. */
export class DataRouter {
  readonly rpc = new ServerRpc((to, packet) => {
    this.#send(to.room, 'reliable', packet, { sender: undefined, named: new Set([to.identity]), metrics: false });
  });
  readonly #now: () => number;
  readonly #refused: (why: Refusal) => void;
  readonly #bounds: { readonly maxAgeMs: number; readonly maxBytes: number };
  readonly #senders: SenderLimits;
  readonly #logs = new Map<DataRoom, MessageLog>();
  readonly #nonces = new Map<string, number>();
  readonly #sequences = new WeakMap<DataParticipant, number>();
  /** Whose channels are open and were given what had come before. */
  readonly #reached = new WeakSet<DataParticipant>();
  readonly #pruning: NodeJS.Timeout;
  readonly #relay: DataRouterOptions['relay'];

  constructor(options: DataRouterOptions = {}) {
    this.#now = options.now ?? Date.now;
    this.#refused = options.refused ?? (() => {});
    this.#relay = options.relay;
    this.#bounds = { maxAgeMs: options.keptMs ?? KEPT_MS, maxBytes: options.keptBytes ?? KEPT_BYTES };
    this.#senders = new SenderLimits(options.bytesPerSecond ?? BYTES_PER_SECOND, this.#now);
    this.#pruning = setInterval(() => this.#prune(), this.#bounds.maxAgeMs);
    this.#pruning.unref();
  }

  /** A message came in on one of the participant's channels. */
  received(sender: DataParticipant, kind: DataChannelKind, payload: Uint8Array): void {
    if (!this.#senders.allow(sender, payload.length)) {
      this.#refused('too-much');
      // They would never know of a gap in what is reliable.
      if (kind === 'reliable') sender.leave(DisconnectReason.STATE_MISMATCH, 'reconnect');
      return;
    }
    const read = readPacket(payload, sender);
    if (typeof read === 'string') this.#refused(read);
    else if (kind === 'reliable' && this.#isOld(sender, read.packet.sequence)) this.#refused('repeated');
    else if (!this.rpc.take(read.packet, sender)) this.#send(sender.room, kind, read.packet, read.recipients);
  }

  /** Their channels can be written to: what came since they joined follows now, then everything else. */
  opened(participant: DataParticipant): void {
    if (this.#reached.has(participant)) return;
    this.#reached.add(participant);
    for (const { bytes } of this.#logs.get(participant.room)?.for(participant) ?? []) this.#deliver(participant, bytes);
  }

  left(participant: DataParticipant): void {
    this.rpc.left(participant);
  }

  roomFinished(room: DataRoom): void {
    this.#logs.delete(room);
  }

  /** Highest number of a reliable message that came from them; 0 when there was none. */
  lastSequence(sender: DataParticipant): number {
    return this.#sequences.get(sender) ?? 0;
  }

  /** Sends a message that comes from nobody. */
  sendFromServer(room: DataRoom, message: ServerMessage): void {
    if (this.#isRepeated(message.nonce)) {
      this.#refused('repeated');
      return;
    }
    const { payload, topic, nonce, destinationIdentities, destinationSids, kind } = message;
    const user = new UserPacket({ payload, nonce, destinationSids: [...destinationSids] });
    if (topic !== undefined) user.topic = topic;
    const packet = new DataPacket({
      kind,
      destinationIdentities: [...destinationIdentities],
      value: { case: 'user', value: user },
    });
    const named = [...destinationIdentities, ...destinationSids];
    const recipients = { sender: undefined, named: named.length > 0 ? new Set(named) : undefined, metrics: false };
    this.#send(room, kind === Kind.LOSSY ? 'lossy' : 'reliable', packet, recipients);
  }

  close(): void {
    clearInterval(this.#pruning);
    this.rpc.close();
    this.#logs.clear();
  }

  /** ND9: it was sent at another node, in this room. */
  relayed(room: DataRoom | undefined, kind: DataChannelKind, { packet, sender, named, metrics }: Relayed): void {
    const bytes = Buffer.from(packet, 'base64');
    if (sender && this.rpc.take(DataPacket.fromBinary(bytes), sender)) return;
    if (room) this.#spread(room, kind, bytes, { sender, named: named && new Set(named), metrics });
  }

  #send(room: DataRoom, kind: DataChannelKind, packet: DataPacket, recipients: Recipients): void {
    const bytes = packet.toBinary();
    this.#spread(room, kind, bytes, recipients);
    const { sender, named, metrics } = recipients;
    if (!this.#relay || (named && [...named].every((name) => room.get(name)))) return;
    const from = sender && { identity: packet.participantIdentity, sid: sender.sid };
    this.#relay(kind, {
      ...{ room: room.name, packet: Buffer.from(bytes).toString('base64'), metrics },
      ...(from && { sender: from }),
      ...(named && { named: [...named] }),
    });
  }

  #spread(room: DataRoom, kind: DataChannelKind, bytes: Uint8Array, recipients: Recipients): void {
    if (kind === 'reliable') {
      const log = this.#logs.get(room) ?? new MessageLog(this.#bounds);
      this.#logs.set(room, log);
      log.add({ bytes, recipients, at: this.#now() });
    }
    for (const participant of candidates(room, recipients)) {
      if (!isFor(recipients, participant)) continue;
      if (kind === 'lossy') participant.sendData('lossy', bytes);
      else if (this.#reached.has(participant)) this.#deliver(participant, bytes);
    }
  }

  /** One who can't take what is reliable joins anew: a gap would go unnoticed. */
  #deliver(participant: DataParticipant, bytes: Uint8Array): void {
    if (participant.sendData('reliable', bytes)) return;
    participant.leave(DisconnectReason.STATE_MISMATCH, 'reconnect');
  }

  #isOld(sender: DataParticipant, sequence: number): boolean {
    if (sequence === 0) return false;
    if (sequence <= this.lastSequence(sender)) return true;
    this.#sequences.set(sender, sequence);
    return false;
  }

  #isRepeated(nonce: Uint8Array): boolean {
    if (nonce.length === 0) return false;
    const key = Buffer.from(nonce).toString('base64');
    if (this.#nonces.has(key)) return true;
    this.#nonces.set(key, this.#now());
    return false;
  }

  #prune(): void {
    const now = this.#now();
    this.#senders.prune();
    for (const [room, log] of this.#logs) {
      log.prune(now);
      if (log.size === 0) this.#logs.delete(room);
    }
    for (const [nonce, at] of this.#nonces) if (now - at > NONCE_MS) this.#nonces.delete(nonce);
  }
}

/** Those named are looked up; only messages to everybody walk through the room. */
function candidates(room: DataRoom, { named }: Recipients): Iterable<DataParticipant> {
  if (named === undefined || [...named].some((name) => name.startsWith('PA_'))) return room.participants;
  return [...named].flatMap((identity) => room.get(identity) ?? []);
}
