import { EventEmitter } from 'node:events';
import { isIP } from 'node:net';
import type { SfuConfig } from '@dieu-hanh/sfu-config';
import type { LineSample } from './line/LineController.ts';
import type { RefusedFeedback } from './line/lineReport.ts';
import type { PullResult } from './pipe/Imports.ts';
import { type PipePlace, pipeNetwork } from './pipe/network.ts';
import { Pipes, type PipeTimes } from './pipe/Pipes.ts';
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
  /** First media port; worker n listens on `port + n`: UDP for clients, TCP on loopback. 0 takes free ones (tests). */
  readonly port: number;
  /** Path of the worker binary; mediasoup's own when absent. */
  readonly workerBin?: string | undefined;
  /** What starts the worker with next to no rights; it is started as it is when absent. */
  readonly launcher?: string | undefined;
  /** Where clients reach media by TCP (see `edge/sharedPort`); none where they do not. */
  readonly tcp?: TcpReach | undefined;
  /** Where media of other nodes comes in; see `PipeNetwork`. */
  readonly pipes?: PipePlace & PipeTimes;
}

/** The listener that takes ICE-TCP for all workers. */
export interface TcpReach {
  /** What it listens on. */
  readonly host: string;
  /** Its ports, as clients see them. */
  readonly ports: readonly number[];
}

/** Who has an ICE ufrag of this node. */
export interface UfragOwner {
  readonly password: string;
  /** Its worker's TCP port on loopback. */
  readonly tcpPort: number;
}

/** One node's media server: a worker for each core, each with a UDP port for clients, and a TCP port for this machine. */
export class Sfu extends EventEmitter<{
  /** Its peers are closed already, with reason 'worker-died'; those of the other workers notice nothing. */
  workerDied: [{ worker: number; peers: readonly SfuPeer[] }];
  /** Another worker took its place; new peers may land there. */
  workerReplaced: [{ worker: number }];
  /** Starting another one failed; it is tried again until it works. */
  workerFailed: [{ worker: number; error: Error }];
  /** The transport that had this ICE ufrag is closed. */
  ufragGone: [ufrag: string];
  /** A track of another node was asked for. */
  pulled: [{ result: PullResult; sid: string; error?: unknown }];
}> {
  /** What every router of this node can do, the same for all rooms: what SDP may offer. */
  readonly rtpCapabilities: RtpCapabilities;
  /** Media between this node and others. */
  readonly pipes: Pipes;
  readonly #slots: readonly WorkerSlot[];
  readonly #rooms = new Set<RoutedRoom>();
  readonly #ufrags = new Map<string, { readonly slot: WorkerSlot; readonly password: string }>();
  readonly #context: RoomHost;

  /** @throws Error when a port is taken or the worker can't be started; nothing is left running then. */
  static async create(options: SfuOptions): Promise<Sfu> {
    const starting = Array.from({ length: options.workers }, (_, index) =>
      WorkerSlot.create(index, {
        ...options,
        feedback: options.config.limits.feedback,
        port: options.port === 0 ? 0 : options.port + index,
      }),
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
    const tcpCandidates = candidatesOf(options);
    this.pipes = new Pipes(
      pipeNetwork(options, options.pipes ?? {}),
      (result, sid, error) => this.emit('pulled', { result, sid, ...(error !== undefined && { error }) }),
      options.pipes ?? {},
    );
    const takesMore = (slot: WorkerSlot): boolean => slot.alive && slot.load < options.config.limits.peersPerWorker;
    this.#context = {
      exports: this.pipes.exports,
      importing: this.pipes.imports,
      config: options.config,
      rtpCapabilities: this.rtpCapabilities,
      leastLoaded: (prefer) => this.#leastLoaded(prefer, takesMore),
      takesMore,
      transportHost: (slot) => ({
        tcpCandidates,
        ufragIn: (ufrag, password) => this.#ufrags.set(ufrag, { slot, password }),
        ufragOut: (ufrag) => {
          this.#ufrags.delete(ufrag);
          this.emit('ufragGone', ufrag);
        },
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
    const used = await Promise.all(
      alive.map(async (slot) => {
        const { worker } = slot.current;
        // One that dies meanwhile answers nothing.
        const usage = await worker.getResourceUsage().catch(() => undefined);
        if (!usage) return [];
        const cpuSeconds = (usage.ru_utime + usage.ru_stime) / 1000;
        return [{ worker: slot.index, pid: worker.pid, peers: slot.peers.size, cpuSeconds }];
      }),
    );
    return used.flat();
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

  /** What each worker has refused of its clients' feedback (rules FB) since it started. */
  refusedFeedback(): { readonly worker: number; readonly refused: RefusedFeedback }[] {
    return this.#slots.map(({ index, lines }) => ({ worker: index, refused: lines.refused }));
  }

  /** What the last looks at the watched lines found. */
  samples(): LineSample[] {
    return this.#slots.flatMap((slot) => [...slot.peers].flatMap(({ line }) => line.last ?? []));
  }

  /** Who is asked by a client that names this ICE ufrag in its first request; see `edge/sharedPort`. */
  ownerOf(ufrag: string): UfragOwner | undefined {
    const owner = this.#ufrags.get(ufrag);
    return owner && { password: owner.password, tcpPort: owner.slot.tcpPort };
  }

  async close(): Promise<void> {
    for (const room of [...this.#rooms]) room.close();
    this.pipes.close();
    await Promise.all(this.#slots.map((slot) => slot.close()));
  }

  #leastLoaded(prefer: (slot: WorkerSlot) => boolean, takesMore: (slot: WorkerSlot) => boolean): WorkerSlot {
    const open = this.#slots.filter(takesMore);
    const best = open.sort((a, b) => a.load - b.load || Number(prefer(b)) - Number(prefer(a)) || a.index - b.index)[0];
    if (best === undefined) throw new Error('no worker of this node can take another peer');
    return best;
  }
}

/** Of the one way by TCP: below every candidate of the workers, which count down from 1,076,558,079. */
function candidatesOf({ tcp, announcedAddress, listenIp }: SfuOptions): IceCandidate[] {
  if (tcp === undefined) return [];
  const host = isIP(tcp.host) ? tcp.host : listenIp;
  const addresses = announcedAddress === undefined ? listenAddresses({ listenIp: host }) : [announcedAddress];
  const reached = addresses.flatMap((address) => tcp.ports.map((port) => ({ address, port })));
  return reached.map(({ address, port }, i) => ({
    foundation: `tcp${i}`,
    priority: 1_000_000 - i,
    ip: address,
    address,
    protocol: 'tcp',
    port,
    type: 'host',
    tcpType: 'passive',
  }));
}
