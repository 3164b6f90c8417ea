import type { NodeBoot } from '../cascade/PipeLink.ts';
import { Peer, type PeerContext } from './peer/Peer.ts';
import type { ExportableTrack } from './pipe/Exports.ts';
import { Relay } from './pipe/Relay.ts';
import { type Importing, RemoteTrack } from './pipe/RemoteTrack.ts';
import type { RemoteTrackOptions, SfuPeer, SfuPeerOptions, SfuRoom } from './types.ts';
import { RoomRouter } from './worker/RoomRouter.ts';
import type { WorkerSlot } from './worker/WorkerSlot.ts';

/** What a room may ask of the SFU that it belongs to. */
export interface RoomHost extends PeerContext {
  /** @throws Error when no worker can take a peer. */
  leastLoaded(prefer: (slot: WorkerSlot) => boolean): WorkerSlot;
  takesMore(slot: WorkerSlot): boolean;
  readonly importing: Importing & { isStraight(origin: NodeBoot): boolean };
  roomClosed(room: RoutedRoom): void;
}

/** A room over all workers: a router on each that has a peer of it. */
export class RoutedRoom implements SfuRoom {
  readonly name: string;
  readonly #context: RoomHost;
  readonly #routers = new Map<WorkerSlot, Promise<RoomRouter>>();
  readonly #peers = new Set<Peer>();
  readonly #remote = new Set<RemoteTrack>();
  #closed = false;

  constructor(name: string, context: RoomHost) {
    this.name = name;
    this.#context = context;
  }

  async createPeer(options: SfuPeerOptions): Promise<Peer> {
    const near = this.#slotNear(options.near);
    const slot = near ?? this.#context.leastLoaded((candidate) => this.#routers.has(candidate));
    const release = slot.reserve();
    try {
      const home = await this.#routerOn(slot);
      const peer = await Peer.create(options, home, this.#context);
      if (this.#closed) {
        peer.close();
        throw new Error(`room ${this.name} closed while peer ${options.id} joined`);
      }
      this.#peers.add(peer);
      peer.once('closed', () => this.#peers.delete(peer));
      return peer;
    } finally {
      release();
    }
  }

  remoteTrack(options: RemoteTrackOptions): RemoteTrack {
    const track = new RemoteTrack(options, this.#context.importing);
    this.#remote.add(track);
    const relay: ExportableTrack = {
      sid: track.sid,
      feed: async () => {
        if (!this.#context.importing.isStraight(track.origin)) return undefined;
        return new Relay(track, track.home ?? (await this.#anyRouter()));
      },
      wantedElsewhere: (layers) => track.wantElsewhere(layers),
    };
    this.#context.exports.addRelay(relay);
    track.once('closed', () => {
      this.#remote.delete(track);
      this.#context.exports.removeRelay(relay);
    });
    return track;
  }

  gather(isFirst = false): () => void {
    const over = [...this.#routers.keys()].map((slot) => slot.current.switches.gather(isFirst));
    return () => {
      for (const tell of over) tell();
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const track of [...this.#remote]) track.close();
    for (const peer of [...this.#peers]) peer.close();
    for (const making of this.#routers.values()) making.then((home) => home.close()).catch(() => {});
    this.#routers.clear();
    this.#context.roomClosed(this);
  }

  /** For a track that nobody here watches. */
  async #anyRouter(): Promise<RoomRouter> {
    const [home] = this.#routers.values();
    return home ?? this.#routerOn(this.#context.leastLoaded(() => false));
  }

  #slotNear(peer: SfuPeer | undefined): WorkerSlot | undefined {
    if (!(peer instanceof Peer) || peer.home.closed || !this.#context.takesMore(peer.home.slot)) return undefined;
    return peer.home.slot;
  }

  /** Single flight; forgotten when the router goes (its worker died) or could not be made. */
  #routerOn(slot: WorkerSlot): Promise<RoomRouter> {
    const known = this.#routers.get(slot);
    if (known !== undefined) return known;
    if (this.#closed) return Promise.reject(new Error(`room ${this.name} is closed`));
    const making = RoomRouter.create(slot, this.#context.config);
    const forget = () => {
      if (this.#routers.get(slot) === making) this.#routers.delete(slot);
    };
    this.#routers.set(slot, making);
    making.then((home) => (home.closed ? forget() : home.router.observer.on('close', forget)), forget);
    return making;
  }
}
