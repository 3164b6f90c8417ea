import type { Logger } from '../../../observability/logger.ts';
import type { ChannelServer, ChannelSocket } from './types.ts';

/** A withdrawn link loses its open pages within this time; an act notices at once. */
const WATCH_MS = 10_000;
/** Sessions asked about in one query. */
const BATCH = 500;

/** Shows out connections whose session has ended elsewhere: signed out, link withdrawn, account closed. */
export class SessionWatch {
  readonly #io: ChannelServer;
  readonly #over: (ids: readonly string[]) => Promise<readonly string[]>;
  readonly #ended: (socket: ChannelSocket) => void;
  readonly #logger: Logger;
  readonly #timer: NodeJS.Timeout;
  #running = false;

  constructor(
    io: ChannelServer,
    over: (ids: readonly string[]) => Promise<readonly string[]>,
    ended: (socket: ChannelSocket) => void,
    logger: Logger,
  ) {
    this.#io = io;
    this.#over = over;
    this.#ended = ended;
    this.#logger = logger;
    this.#timer = setInterval(() => void this.check(), WATCH_MS);
  }

  /** Never rejects: while the store is away nobody is shown out. */
  async check(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      const sockets = [...this.#io.of('/').sockets.values()];
      for (let at = 0; at < sockets.length; at += BATCH) {
        const batch = sockets.slice(at, at + BATCH);
        const over = new Set(await this.#over(batch.map((socket) => socket.data.caller.session)));
        for (const socket of batch) if (over.has(socket.data.caller.session)) this.#ended(socket);
      }
    } catch (error) {
      this.#logger.warn({ err: error }, 'sessions of open order channels could not be checked');
    } finally {
      this.#running = false;
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
