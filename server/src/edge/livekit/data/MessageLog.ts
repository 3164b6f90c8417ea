import { type DataParticipant, isFor, type Recipients } from './types.ts';

export interface LoggedMessage {
  readonly bytes: Uint8Array;
  readonly recipients: Recipients;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The newest reliable messages of a room, once for all recipients whose channel is not open yet. Bounded by age and by
 * bytes.
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

  /** What came for them since they joined, oldest first. */
  *for(participant: DataParticipant): Iterable<LoggedMessage> {
    for (const message of this.#messages) {
      if (message.at >= participant.joinedAt && isFor(message.recipients, participant)) yield message;
    }
  }
}
