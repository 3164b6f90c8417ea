import type { types as ms } from 'mediasoup';
import type { DataChannelKind } from '../types.ts';
import { ppid } from './dcep.ts';

export interface OutgoingLimits {
  readonly lossyBufferBytes: number;
  readonly reliableQueueBytes: number;
}

/** Below this much in the worker more is handed over; its own limit is 2 MB per stream, after which it refuses. */
const WORKER_WINDOW = 512_000;

/**
 * The sending side of one data channel. The worker tells after each message how much waits for the peer; lossy messages
 * are dropped over the limit, reliable ones wait here until the peer has taken some, and are refused when too many
 * wait.
 */
export class Outgoing {
  readonly kind: DataChannelKind;
  readonly #consumer: ms.DataConsumer;
  readonly #limits: OutgoingLimits;
  #queue: Uint8Array[] = [];
  #queued = 0;
  #handedOver = 0;
  #buffered = 0;

  constructor(kind: DataChannelKind, consumer: ms.DataConsumer, limits: OutgoingLimits) {
    this.kind = kind;
    this.#consumer = consumer;
    this.#limits = limits;
    consumer.on('bufferedamountlow', (amount) => {
      this.#buffered = amount;
      this.#flush();
    });
  }

  /** `false`: a reliable message could not be taken; the peer is too slow to be kept. */
  send(payload: Uint8Array): boolean {
    if (this.#consumer.closed) return this.kind === 'lossy';
    if (this.kind === 'lossy') {
      if (this.#waiting + payload.length <= this.#limits.lossyBufferBytes) this.#handOver(payload);
      return true;
    }
    if (this.#queue.length === 0 && this.#waiting < WORKER_WINDOW) {
      this.#handOver(payload);
      return true;
    }
    if (this.#queued + payload.length > this.#limits.reliableQueueBytes) return false;
    this.#queue.push(payload);
    this.#queued += payload.length;
    return true;
  }

  get #waiting(): number {
    return this.#handedOver + this.#buffered;
  }

  #handOver(payload: Uint8Array): void {
    this.#handedOver += payload.length;
    const message = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    this.#consumer.send(message, payload.length === 0 ? ppid.binaryEmpty : ppid.binary).then(
      (buffered) => {
        this.#handedOver -= payload.length;
        this.#buffered = buffered;
        this.#flush();
      },
      // The transport is gone or its association is; the peer's own state tells that.
      () => {
        this.#handedOver -= payload.length;
      },
    );
  }

  #flush(): void {
    let sent = 0;
    while (sent < this.#queue.length && this.#waiting < WORKER_WINDOW && !this.#consumer.closed) {
      const next = this.#queue[sent++] as Uint8Array;
      this.#queued -= next.length;
      this.#handOver(next);
    }
    if (sent > 0) this.#queue = this.#queue.slice(sent);
  }
}
