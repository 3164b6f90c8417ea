import { EventEmitter } from 'node:events';
import type { SfuPeer } from '../types.ts';
import { replaceDeadWorker } from './replaceDeadWorker.ts';
import { type RunningWorker, startWorker, type WorkerOptions } from './startWorker.ts';

/** A peer that is on a worker, and ends with it. */
export interface HostedPeer extends SfuPeer {
  workerDied(): void;
}

/**
 * One of the node's places for a worker. The worker in it may die: its peers are closed, those of other workers notice
 * nothing, and a new one is started at once. The slot, its port and its number stay.
 */
export class WorkerSlot extends EventEmitter<{
  /** The worker died; `peers` were on it and are closed already. */
  died: [peers: readonly HostedPeer[]];
  /** A new one took its place. */
  replaced: [];
  /** Starting one failed and is tried again. */
  failed: [error: Error];
}> {
  readonly index: number;
  readonly peers = new Set<HostedPeer>();
  readonly #options: WorkerOptions;
  #reserved = 0;
  #current: RunningWorker;
  #alive = true;
  #closed = false;

  static async create(index: number, options: WorkerOptions): Promise<WorkerSlot> {
    const running = await startWorker(options);
    return new WorkerSlot(index, options, running);
  }

  private constructor(index: number, options: WorkerOptions, running: RunningWorker) {
    super();
    this.index = index;
    this.#options = options;
    this.#current = running;
    this.#watch();
  }

  get current(): RunningWorker {
    return this.#current;
  }

  get tcpPort(): number {
    return this.#current.tcpPort;
  }

  /** False from a worker's death until the next one stands. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Peers here and on their way here. */
  get load(): number {
    return this.peers.size + this.#reserved;
  }

  /** Counts a peer that is being made, so that a burst of joins spreads; the returned function takes it back. */
  reserve(): () => void {
    this.#reserved++;
    return () => {
      this.#reserved--;
    };
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#closed = true;
    this.#alive = false;
    const { worker } = this.#current;
    return new Promise((resolve) => {
      if (worker.subprocessClosed) resolve();
      else worker.once('subprocessclose', () => resolve());
      worker.close();
    });
  }

  #watch(): void {
    this.#current.worker.on('died', () => {
      this.#alive = false;
      const lost = [...this.peers];
      for (const peer of lost) peer.workerDied();
      this.emit('died', lost);
      void this.#replace();
    });
  }

  async #replace(): Promise<void> {
    const isOver = () => this.#closed;
    const running = await replaceDeadWorker(this.#options, isOver, (error) => this.emit('failed', error));
    if (running === undefined) return;
    this.#current = running;
    this.#alive = true;
    this.#watch();
    this.emit('replaced');
  }
}
