import { EventEmitter } from 'node:events';
import { LineReports } from '../line/LineReports.ts';
import type { SfuPeer } from '../types.ts';
import { replaceDeadWorker } from './replaceDeadWorker.ts';
import { type PatchedWorker, type PatchedWorkerOptions, startPatched } from './startPatched.ts';

/** A peer that is on a worker, and ends with it. */
export interface HostedPeer extends SfuPeer {
  /** The worker has told of all lines. */
  linesReported(): void;
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
  readonly #options: PatchedWorkerOptions;
  #reserved = 0;
  #current: PatchedWorker;
  #lines: LineReports;
  #alive = true;
  #closed = false;

  static async create(index: number, options: PatchedWorkerOptions): Promise<WorkerSlot> {
    const running = await startPatched(options);
    return new WorkerSlot(index, options, running);
  }

  private constructor(index: number, options: PatchedWorkerOptions, running: PatchedWorker) {
    super();
    this.index = index;
    this.#options = options;
    this.#current = running;
    this.#lines = this.#readLines();
    this.#watch();
  }

  get current(): PatchedWorker {
    return this.#current;
  }

  /** What RTCP told last of what flows here. */
  get lines(): Pick<LineReports, 'of' | 'refused'> {
    return this.#lines;
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
    this.#lines.close();
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
      this.#lines.close();
      const lost = [...this.peers];
      for (const peer of lost) peer.workerDied();
      this.emit('died', lost);
      void this.#replace();
    });
  }

  #readLines(): LineReports {
    const { peers } = this;
    return LineReports.create(this.#current.channel, {
      get isIdle() {
        return peers.size === 0;
      },
      reported: () => {
        for (const peer of peers) peer.linesReported();
      },
    });
  }

  async #replace(): Promise<void> {
    const isOver = () => this.#closed;
    const running = await replaceDeadWorker(this.#options, isOver, (error) => this.emit('failed', error));
    if (running === undefined) return;
    this.#current = running;
    this.#lines = this.#readLines();
    this.#alive = true;
    this.#watch();
    this.emit('replaced');
  }
}
