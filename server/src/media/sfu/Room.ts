import { Peer, type PeerOptions } from './Peer.ts';
import { Seat } from './Seat.ts';
import type { SfuContext } from './Sfu.ts';
import type { SfuRoom } from './types.ts';
import type { WorkerSlot } from './WorkerSlot.ts';

/** A room over all workers: a router on each that has a peer of it. */
export class Room implements SfuRoom {
  readonly name: string;
  readonly #context: SfuContext;
  readonly #seats = new Map<WorkerSlot, Promise<Seat>>();
  readonly #peers = new Set<Peer>();
  #closed = false;

  constructor(name: string, context: SfuContext) {
    this.name = name;
    this.#context = context;
  }

  async createPeer(options: PeerOptions): Promise<Peer> {
    const slot = this.#context.leastLoaded((candidate) => this.#seats.has(candidate));
    const release = slot.reserve();
    try {
      const seat = await this.#seatOn(slot);
      const peer = await Peer.create(options, seat, this.#context);
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

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const peer of [...this.#peers]) peer.close();
    for (const seat of this.#seats.values()) seat.then((s) => s.close()).catch(() => {});
    this.#seats.clear();
    this.#context.roomClosed(this);
  }

  /** Single flight; forgotten when the router goes (its worker died) or could not be made. */
  #seatOn(slot: WorkerSlot): Promise<Seat> {
    const known = this.#seats.get(slot);
    if (known !== undefined) return known;
    if (this.#closed) return Promise.reject(new Error(`room ${this.name} is closed`));
    const making = Seat.create(slot, this.#context.config);
    const forget = () => {
      if (this.#seats.get(slot) === making) this.#seats.delete(slot);
    };
    this.#seats.set(slot, making);
    making.then((seat) => (seat.closed ? forget() : seat.router.observer.on('close', forget)), forget);
    return making;
  }
}
