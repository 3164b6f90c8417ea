import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Peer } from '../peer/Peer.ts';
import { type RunningWorker, startWorker, tcpPort, type WorkerOptions } from './startWorker.ts';

/** Between attempts to start a worker in the place of one that died. */
const RESTART_PAUSE_MS = 500;

/**
 * One of the node's places for a worker. The worker in it may die; the slot, its port and its number stay, and a new one
 * is started at once.
 */
export class WorkerSlot extends EventEmitter<{
  /** The worker died; `peers` were on it and are closed already. */
  died: [peers: readonly Peer[]];
  /** A new one took its place. */
  replaced: [];
  /** Starting one failed and is tried again. */
  failed: [error: Error];
}> {
  readonly index: number;
  readonly peers = new Set<Peer>();
  readonly #options: WorkerOptions;
  #reserved = 0;
  #current: RunningWorker;
  #tcpPort: number;
  #alive = true;
  #closed = false;

  static async create(index: number, options: WorkerOptions): Promise<WorkerSlot> {
    const running = await startWorker(options);
    return new WorkerSlot(index, options, running, await tcpPort(running.server));
  }

  private constructor(index: number, options: WorkerOptions, running: RunningWorker, port: number) {
    super();
    this.index = index;
    this.#options = options;
    this.#current = running;
    this.#tcpPort = port;
    this.#watch();
  }

  get current(): RunningWorker {
    return this.#current;
  }

  get tcpPort(): number {
    return this.#tcpPort;
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
    while (!this.#closed) {
      try {
        const running = await startWorker(this.#options);
        if (this.#closed) return running.worker.close();
        this.#current = running;
        this.#tcpPort = await tcpPort(running.server);
        this.#alive = true;
        this.#watch();
        this.emit('replaced');
        return;
      } catch (error) {
        this.emit('failed', error as Error);
        await sleep(RESTART_PAUSE_MS, undefined, { ref: false });
      }
    }
  }
}
