import { connect, type Socket } from 'node:net';
import type { SpliceEnd, SpliceEnded, SpliceOrder } from './messages.ts';

// A process that carries the bytes of media over TCP between clients and the workers of this machine, so that none of
// them passes through the event loop of signalling. Clients come from the server, proven. It has no settings, no
// secrets and no right to read files, and ends with its server.

/** The worker is on this machine; it answers at once or not at all. */
const UPSTREAM_MS = 3_000;
/** How long a client may say, or take, nothing; see `SplicePatience`. */
const [silentMs, stalledMs] = process.argv.slice(2).map(Number) as [number, number];
const LOOK_MS = Math.min(silentMs, stalledMs) / 6;

/** What a worker sends is read here and copied out; a buffer from Node for each read costs a quarter more. */
const incoming = Buffer.alloc(65_536);

class Splice {
  readonly #id: number;
  readonly #client: Socket;
  readonly #worker: Socket;
  #heardAt = performance.now();
  #blockedAt = Number.POSITIVE_INFINITY;
  #ended = false;

  constructor(id: number, client: Socket, port: number, seen: Uint8Array) {
    this.#id = id;
    this.#client = client;
    const onread = { buffer: incoming, callback: (length: number) => this.#fromWorker(length) };
    this.#worker = connect({ port, host: '127.0.0.1', noDelay: true, onread });
    this.#worker.setTimeout(UPSTREAM_MS, () => this.end('closed'));
    this.#worker.once('connect', () => this.#worker.setTimeout(0));
    for (const socket of [client, this.#worker])
      for (const over of ['end', 'error', 'close']) socket.on(over, () => this.end('closed'));
    this.#worker.write(seen);
    client.on('data', (chunk) => {
      this.#heardAt = performance.now();
      if (!this.#worker.write(chunk)) client.pause();
    });
    this.#worker.on('drain', () => client.resume());
    client.on('drain', () => {
      this.#blockedAt = Number.POSITIVE_INFINITY;
      this.#worker.resume();
    });
  }

  #fromWorker(length: number): boolean {
    if (!this.#client.write(Buffer.from(incoming.subarray(0, length)))) {
      this.#blockedAt = performance.now();
      this.#worker.pause();
    }
    return true;
  }

  look(now: number): void {
    if (now - this.#blockedAt > stalledMs) this.end('stalled');
    else if (now - this.#heardAt > silentMs) this.end('silent');
  }

  end(why: SpliceEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#client.destroy();
    this.#worker.destroy();
    splices.delete(this.#id);
    tell({ ended: this.#id, why });
  }
}

const splices = new Map<number, Splice>();
// The server may be gone meanwhile; then nobody asks.
const tell = (message: SpliceEnded): unknown => process.send?.(message, undefined, undefined, () => {});

process.on('message', (message: SpliceOrder, socket: Socket | undefined) => {
  if (message.order === 'end') splices.get(message.id)?.end('closed');
  else if (socket) splices.set(message.id, new Splice(message.id, socket, message.port, message.seen));
  else tell({ ended: message.id, why: 'closed' });
});
process.on('disconnect', () => process.exit(0));
// A terminal, or systemd, tells all processes; the server decides when media ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
setInterval(() => {
  for (const splice of splices.values()) splice.look(performance.now());
}, LOOK_MS);
