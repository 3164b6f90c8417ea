import { EventEmitter } from 'node:events';
import type { SfuConfig } from '@dieu-hanh/sfu-config';
import { type RoomHost, RoutedRoom } from './RoutedRoom.ts';
import type { IceCandidate, LineCapacity, RtpCapabilities, SfuPeer } from './types.ts';
import { routerCapabilities } from './worker/capabilities.ts';
import { listenAddresses } from './worker/mediaPorts.ts';
import { WorkerSlot } from './worker/WorkerSlot.ts';

export interface SfuOptions {
  readonly config: SfuConfig;
  /** How many workers; one per core serves best. */
  readonly workers: number;
  readonly listenIp: string;
  readonly announcedAddress?: string | undefined;
  /** First media port; worker n listens on `port + n`, UDP and TCP. 0 takes free ones (tests). */
  readonly port: number;
  /** Path of the worker binary; mediasoup's own when absent. */
  readonly workerBin?: string | undefined;
  /** The page's own TCP port, when it takes ICE-TCP as well (see `edge/sharedPort`): it is offered to clients too. */
  readonly pagePort?: number | undefined;
}

/** One node's media server: a worker for each core, each with one UDP and TCP port. */
export class Sfu extends EventEmitter<{
  /** Its peers are closed already, with reason 'worker-died'; those of the other workers notice nothing. */
  workerDied: [{ worker: number; peers: readonly SfuPeer[] }];
  /** Another worker took its place; new peers may land there. */
  workerReplaced: [{ worker: number }];
  /** Starting another one failed; it is tried again until it works. */
  workerFailed: [{ worker: number; error: Error }];
}> {
  /** What every router of this node can do, the same for all rooms: what SDP may offer. */
  readonly rtpCapabilities: RtpCapabilities;
  /** Where `tcpPortOf`'s ports are, seen from this machine. */
  readonly mediaHost: string;
  readonly #slots: readonly WorkerSlot[];
  readonly #rooms = new Set<RoutedRoom>();
  readonly #ufrags = new Map<string, WorkerSlot>();
  readonly #context: RoomHost;

  /** @throws Error when a port is taken or the worker can't be started; nothing is left running then. */
  static async create(options: SfuOptions): Promise<Sfu> {
    const starting = Array.from({ length: options.workers }, (_, index) =>
      WorkerSlot.create(index, { ...options, port: options.port === 0 ? 0 : options.port + index }),
    );
    const settled = await Promise.allSettled(starting);
    const slots = settled.filter((s) => s.status === 'fulfilled').map((s) => s.value);
    const failed = settled.find((s) => s.status === 'rejected');
    if (failed !== undefined) {
      await Promise.all(slots.map((slot) => slot.close()));
      throw failed.reason;
    }
    return new Sfu(options, slots);
  }

  private constructor(options: SfuOptions, slots: readonly WorkerSlot[]) {
    super();
    this.#slots = slots;
    this.rtpCapabilities = routerCapabilities(options.config.media);
    const [address] = listenAddresses(options);
    this.mediaHost = address === undefined || address === '0.0.0.0' ? '127.0.0.1' : address;
    const page = pageCandidate(options.announcedAddress ?? address, options.pagePort);
    this.#context = {
      config: options.config,
      rtpCapabilities: this.rtpCapabilities,
      leastLoaded: (prefer) => this.#leastLoaded(prefer, options.config.limits.peersPerWorker),
      transportHost: (slot) => ({
        pageCandidate: page,
        ufragIn: (ufrag) => this.#ufrags.set(ufrag, slot),
        ufragOut: (ufrag) => this.#ufrags.delete(ufrag),
      }),
      roomClosed: (room) => this.#rooms.delete(room),
    };
    for (const slot of slots) {
      slot.on('died', (peers) => this.emit('workerDied', { worker: slot.index, peers }));
      slot.on('replaced', () => this.emit('workerReplaced', { worker: slot.index }));
      slot.on('failed', (error) => this.emit('workerFailed', { worker: slot.index, error }));
    }
  }

  createRoom(name: string): RoutedRoom {
    const room = new RoutedRoom(name, this.#context);
    this.#rooms.add(room);
    return room;
  }

  /** CPU and counts of each worker, for metrics and placement. */
  async usage() {
    const alive = this.#slots.filter((slot) => slot.alive);
    return Promise.all(
      alive.map(async (slot) => {
        const { worker } = slot.current;
        const used = await worker.getResourceUsage();
        const cpuSeconds = (used.ru_utime + used.ru_stime) / 1000;
        return { worker: slot.index, pid: worker.pid, peers: slot.peers.size, cpuSeconds };
      }),
    );
  }

  /** Routers, transports, producers and consumers in all workers: what must come back to the same number in the end. */
  async handlers(): Promise<number> {
    const dumps = await Promise.all(this.#slots.filter((s) => s.alive).map((s) => s.current.worker.dump()));
    return dumps.reduce((sum, d) => sum + d.channelMessageHandlers.channelRequestHandlers.length, 0);
  }

  /** Peers by what their line carries, and how many of them are being watched. */
  lines(): Record<LineCapacity | 'watched', number> {
    const count = { good: 0, reduced: 0, soundOnly: 0, watched: 0 };
    for (const slot of this.#slots)
      for (const { line } of slot.peers) {
        count[line.state] += 1;
        if (line.watched) count.watched += 1;
      }
    return count;
  }

  /** The worker's port to which a TCP connection goes whose first bytes name this ICE ufrag; see `edge/sharedPort`. */
  tcpPortOf(iceUfrag: string): number | undefined {
    return this.#ufrags.get(iceUfrag)?.tcpPort;
  }

  async close(): Promise<void> {
    for (const room of [...this.#rooms]) room.close();
    await Promise.all(this.#slots.map((slot) => slot.close()));
  }

  #leastLoaded(prefer: (slot: WorkerSlot) => boolean, limit: number): WorkerSlot {
    const open = this.#slots.filter((slot) => slot.alive && slot.load < limit);
    const best = open.sort((a, b) => a.load - b.load || Number(prefer(b)) - Number(prefer(a)) || a.index - b.index)[0];
    if (best === undefined) throw new Error('no worker of this node can take another peer');
    return best;
  }
}

function pageCandidate(address: string | undefined, port: number | undefined): IceCandidate | undefined {
  if (address === undefined || port === undefined) return undefined;
  // Below every candidate of the workers, which count down from 1,076,558,079.
  const priority = 1_000_000;
  return {
    foundation: 'page',
    priority,
    ip: address,
    address,
    protocol: 'tcp',
    port,
    type: 'host',
    tcpType: 'passive',
  };
}
