import { SignalRequest, type SignalResponse } from '@livekit/protocol';
import type { WebSocket } from 'ws';
import { PING_AFTER_MS } from '../limits.ts';
import { answerToPing } from './answerToPing.ts';

const SILENT_AFTER_MS = 11_000;
/** FL23: the same of one whom others see, and from whom no media comes. */
const WATCHED = { pingAfterMs: 1_000, silentAfterMs: 4_000 };
const DEAD_AFTER_MS = 30_000;
/** A client that lets more than this pile up is cut off; it resumes. */
const MAX_BUFFERED = 8 * 1024 * 1024;
/** Undecodable frames after which the socket is closed. */
const MAX_MALFORMED = 10;
/** Time for the client to close its side, ms. */
const CLOSE_PATIENCE_MS = 2_000;

/** Whether one more message may be taken. */
export interface MessageLimit {
  take(): boolean;
}

export interface SignalSocketEvents {
  request(request: SignalRequest): void;
  /** Nothing was heard for a while, or it was heard again. */
  silent(silent: boolean): void;
  malformed(): void;
  closed(): void;
}

/** One `/rtc` socket: a signal message per frame, binary, or JSON when the client speaks JSON. */
export class SignalSocket {
  readonly #socket: WebSocket;
  readonly #limit: MessageLimit;
  readonly #events: SignalSocketEvents;
  /** Monotonic, ms. */
  readonly #now: () => number;
  #heard: number;
  #silent = false;
  #json = false;
  #malformed = 0;
  #closed = false;

  constructor(socket: WebSocket, limit: MessageLimit, events: SignalSocketEvents, now = () => performance.now()) {
    this.#now = now;
    this.#heard = now();
    this.#socket = socket;
    this.#limit = limit;
    this.#events = events;
    socket.on('message', (data, binary) => this.#receive(data as Buffer, binary));
    socket.on('pong', () => this.#hear());
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#gone());
  }

  send(message: SignalResponse): void {
    if (this.#json) this.#write(message.toJsonString());
    else this.#write(message.toBinary());
  }

  /** A message for many: serialised once for all who get the same `key`. */
  sendShared<T extends object>(key: T, build: (key: T) => SignalResponse): void {
    if (this.#json) {
      this.send(build(key));
      return;
    }
    let bytes = serialised.get(key);
    if (!bytes) {
      bytes = build(key).toBinary();
      serialised.set(key, bytes);
    }
    this.#write(bytes);
  }

  /**
   * Is it alive? The owner calls this every few seconds, for all sockets at once: waking up costs more than looking.
   * @param stalledMs in which nothing was read since the last call
   * @param watched whether thousands would look at nothing: then it is asked and judged sooner
   */
  check(stalledMs: number, watched = false): void {
    this.#heard += stalledMs;
    const quiet = this.#now() - this.#heard;
    if (quiet > DEAD_AFTER_MS) {
      this.#socket.terminate();
      return;
    }
    if (quiet > (watched ? WATCHED.silentAfterMs : SILENT_AFTER_MS) && !this.#silent) {
      this.#silent = true;
      this.#events.silent(true);
    }
    if (quiet > (watched ? WATCHED.pingAfterMs : PING_AFTER_MS) && this.#socket.readyState === this.#socket.OPEN)
      this.#socket.ping();
  }

  /** After what was sent has gone out. */
  close(code = 1000, reason = ''): void {
    if (this.#closed) return;
    this.#socket.close(code, reason);
    setTimeout(() => this.#socket.terminate(), CLOSE_PATIENCE_MS).unref();
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #write(data: Uint8Array | string): void {
    if (this.#closed || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > MAX_BUFFERED) this.#socket.terminate();
    else this.#socket.send(data);
  }

  #receive(data: Buffer, binary: boolean): void {
    this.#hear();
    if (this.#closed || this.#socket.readyState !== this.#socket.OPEN) return;
    if (!this.#limit.take()) {
      this.close(1008, 'too many messages');
      return;
    }
    const pong = binary && !this.#json ? answerToPing(data, Date.now()) : undefined;
    if (pong) {
      this.#write(pong);
      return;
    }
    const request = this.#decode(data, binary);
    if (request) this.#events.request(request);
  }

  #decode(data: Buffer, binary: boolean): SignalRequest | undefined {
    try {
      if (binary) return SignalRequest.fromBinary(data);
      this.#json = true;
      return SignalRequest.fromJsonString(data.toString('utf8'), { ignoreUnknownFields: true });
    } catch {
      this.#events.malformed();
      if (++this.#malformed >= MAX_MALFORMED) this.close(1007, 'malformed messages');
      return undefined;
    }
  }

  #hear(): void {
    this.#heard = this.#now();
    if (!this.#silent) return;
    this.#silent = false;
    this.#events.silent(false);
  }

  #gone(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#events.closed();
  }
}

/** Lists are never changed once they were sent, and are forgotten with their receivers. */
const serialised = new WeakMap<object, Uint8Array>();
