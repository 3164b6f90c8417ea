import { type DataParticipant, isFor, type Recipients } from './types.ts';

export interface LoggedMessage {
  readonly bytes: Uint8Array;
  /** Number given by the sender; 0 = unnumbered. */
  readonly sequence: number;
  readonly recipients: Recipients;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The newest reliable messages of a room, once for all recipients: for those whose channel is not open yet, and for those
 * who come back after a break. Bounded by age and by bytes.
 */
export class MessageLog {
  readonly #maxAgeMs: number;
  readonly #maxBytes: number;
  #messages: LoggedMessage[] = [];
  #bytes = 0;

  constructor({ maxAgeMs, maxBytes }: { maxAgeMs: number; maxBytes: number }) {
    this.#maxAgeMs = maxAgeMs;
    this.#maxBytes = maxBytes;
  }

  get size(): number {
    return this.#messages.length;
  }

  add(message: LoggedMessage): void {
    this.#messages.push(message);
    this.#bytes += message.bytes.length;
    this.prune(message.at);
  }

  prune(now: number): void {
    let gone = 0;
    for (const message of this.#messages) {
      if (this.#bytes <= this.#maxBytes && now - message.at <= this.#maxAgeMs) break;
      this.#bytes -= message.bytes.length;
      gone += 1;
    }
    if (gone > 0) this.#messages = this.#messages.slice(gone);
  }

  /** What came for him since he joined, oldest first. */
  *for(participant: DataParticipant): Iterable<LoggedMessage> {
    for (const message of this.#messages) {
      if (message.at >= participant.joinedAt && isFor(message.recipients, participant)) yield message;
    }
  }

  /**
   * What he may have missed in a break: newer than what he says he received of each sender. Unnumbered messages are not
   * repeated, as nobody could tell the second from the first.
   */
  *missed(participant: DataParticipant, received: ReadonlyMap<string, number>): Iterable<LoggedMessage> {
    for (const message of this.for(participant)) {
      const seen = received.get(message.recipients.sender?.sid ?? '') ?? 0;
      if (message.sequence > seen) yield message;
    }
  }
}
