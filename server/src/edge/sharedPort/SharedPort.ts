import type { Server as WebServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { listenRefusal } from '../../lib/listenRefusal.ts';
import type { ConnectionCaps } from './ConnectionCaps.ts';
import { type Sniffed, sniff } from './sniff.ts';
import { Splices, type SplicesOptions } from './splice/Splices.ts';
import { provesPassword } from './stun.ts';

/** A transport of this node, by its ICE ufrag. */
export interface IceOwner {
  /** What proves that a client was told of it. */
  readonly password: string;
  /** Its worker's port on loopback. */
  readonly tcpPort: number;
}

export interface SharedPortOptions {
  /** Which setting names the port, for whoever reads that it is taken. */
  readonly setting: 'PORT' | 'API_PORT' | 'MEDIA_TCP_PORT';
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /**
   * Takes HTTP, or TLS when it is an HTTPS server. It must not listen itself; closing it is its owner's task. Without one
   * the port is for media alone.
   */
  readonly web?: WebServer | undefined;
  /** The web server speaks TLS: plain HTTP is then sent on to this address. */
  readonly secureUrl?: string | undefined;
  /** Who may hold connections, and who goes when there are too many. */
  readonly caps?: ConnectionCaps | undefined;
  /** Without it the port carries none. */
  readonly media?: (SplicesOptions & { readonly ownerOf: (iceUfrag: string) => IceOwner | undefined }) | undefined;
}

/** How each connection ended up; `refused` by why. */
export interface SharedPortCounts {
  web: number;
  media: number;
  redirected: number;
  garbage: number;
  /** Said too little in time. */
  slow: number;
  /** ICE for a transport that is not (or no longer) here. */
  unknown: number;
  /** ICE by somebody who does not know the transport's password. */
  unproven: number;
}

/** A client says what it wants within this time, ms, or is cut off. */
const FIRST_BYTES_MS = 5_000;
const KEEP_ALIVE_MS = 30_000;

/**
 * One TCP port for everything: the page, its sockets, and sound and picture of those whom a firewall lets out by this
 * port only. Who asks for media proves by their first request that they know the transport's ICE password; then a process
 * of its own carries their bytes to the worker as they are. What they say by ICE and DTLS is the worker's business.
 */
export class SharedPort {
  readonly counts: SharedPortCounts = { web: 0, media: 0, redirected: 0, garbage: 0, slow: 0, unknown: 0, unproven: 0 };
  readonly #options: SharedPortOptions;
  readonly #server: Server;
  readonly #splices: Splices | undefined;
  /** Sockets that say not yet what they want. */
  readonly #own = new Set<Socket>();
  readonly #web = new Set<Socket>();

  /** @throws StartRefusal when the port cannot be had, with who has it. */
  static async create(options: SharedPortOptions): Promise<SharedPort> {
    const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    await new Promise<void>((resolve, reject) => {
      const { setting, host: ip, port } = options;
      server.once('error', (error) => reject(listenRefusal({ setting, protocol: 'tcp', ip, port }, error)));
      server.listen(options.port, options.host, () => {
        server.removeAllListeners('error');
        resolve();
      });
    });
    return new SharedPort(options, server);
  }

  private constructor(options: SharedPortOptions, server: Server) {
    this.#options = options;
    this.#server = server;
    this.#splices = options.media && new Splices(options.media);
    server.on('connection', (socket) => this.#accept(socket));
  }

  /** Connections that were put out since there were too many, by why. */
  get crowd(): { readonly crowded: number; readonly full: number } {
    return this.#options.caps?.counts ?? { crowded: 0, full: 0 };
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get splices(): Pick<Splices, 'open' | 'counts' | 'pids'> | undefined {
    return this.#splices;
  }

  /** A transport is gone: who reached it by this port is cut. */
  endMedia(iceUfrag: string): void {
    this.#splices?.end(iceUfrag);
  }

  /**
   * Stops taking connections and cuts media; requests that run may end, and what is left after `patienceMs` is cut too.
   */
  async close(patienceMs = 2_000): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of [...this.#own]) socket.destroy();
    await this.#splices?.close();
    this.#options.web?.closeIdleConnections();
    const timer = setTimeout(() => {
      for (const socket of [...this.#web]) socket.destroy();
    }, patienceMs);
    await closed;
    clearTimeout(timer);
  }

  #accept(socket: Socket): void {
    this.#hold(socket);
    this.#options.caps?.enter(socket);
    if (socket.destroyed) return;
    let seen = Buffer.alloc(0);
    const timer = setTimeout(() => {
      this.counts.slow++;
      socket.destroy();
    }, FIRST_BYTES_MS);
    const read = (): void => {
      for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) seen = Buffer.concat([seen, chunk]);
      const sniffed = sniff(seen);
      if (sniffed.kind === 'more') return;
      stop();
      if (!socket.destroyed) this.#dispatch(socket, seen, sniffed);
    };
    const stop = (): void => {
      clearTimeout(timer);
      socket.off('readable', read);
      socket.off('close', stop);
      socket.off('end', ended);
    };
    // The other side closed its half before saying anything that makes sense.
    const ended = (): void => {
      this.counts.slow++;
      socket.destroy();
    };
    socket.on('readable', read);
    socket.once('end', ended);
    socket.once('close', stop);
  }

  #dispatch(socket: Socket, seen: Buffer, sniffed: Exclude<Sniffed, { kind: 'more' }>): void {
    const { web, media, secureUrl: secure } = this.#options;
    if (sniffed.kind === 'stun' && media) this.#splice(socket, seen, sniffed);
    else if (
      sniffed.kind === 'stun' ||
      sniffed.kind === 'garbage' ||
      !web ||
      (sniffed.kind === 'tls' && secure === undefined)
    ) {
      this.counts.garbage++;
      socket.destroy();
    } else if (sniffed.kind === 'http' && secure !== undefined) {
      this.counts.redirected++;
      const head = `HTTP/1.1 308 Permanent Redirect\r\nLocation: ${secure}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
      socket.end(head, () => socket.destroy());
    } else {
      this.counts.web++;
      this.#release(socket);
      socket.unshift(seen);
      web.emit('connection', socket);
    }
  }

  #splice(socket: Socket, seen: Buffer, { ufrag, message }: Extract<Sniffed, { kind: 'stun' }>): void {
    const owner = this.#options.media?.ownerOf(ufrag);
    if (owner === undefined || !provesPassword(message, owner.password)) {
      this.counts[owner === undefined ? 'unknown' : 'unproven']++;
      socket.destroy();
      return;
    }
    this.counts.media++;
    this.#options.caps?.leave(socket);
    this.#own.delete(socket);
    this.#splices?.splice(socket, seen, { ufrag, port: owner.tcpPort });
  }

  readonly #broken = (): void => {}; // a reset is followed by 'close', which does what is needed

  #hold(socket: Socket): void {
    this.#own.add(socket);
    socket.on('error', this.#broken);
    socket.once('close', () => this.#own.delete(socket));
  }

  #release(socket: Socket): void {
    this.#own.delete(socket);
    this.#web.add(socket);
    socket.once('close', () => this.#web.delete(socket));
    socket.off('error', this.#broken);
  }
}
