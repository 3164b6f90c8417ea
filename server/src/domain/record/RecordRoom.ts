import { EventEmitter } from 'node:events';

/** SV17: how often it is tried again, and how long no act must have been refused before it is believed. */
export const TRY_EVERY_MS = 5_000;
const QUIET_MS = 10_000;

/** SV16: whether the disk of the record has room, as this node has found it. */
export class RecordRoom extends EventEmitter<{ changed: [writable: boolean] }> {
  readonly #try: () => Promise<void>;
  readonly #elapsed: () => number;
  /** When an act was refused last, ms. */
  #refusedAt: number | undefined;

  /** @param parts.try writes something that is taken back; throws where there is no room */
  constructor(parts: { try: () => Promise<void>; elapsed?: () => number }) {
    super();
    this.#try = parts.try;
    this.#elapsed = parts.elapsed ?? (() => performance.now());
  }

  get isWritable(): boolean {
    return this.#refusedAt === undefined;
  }

  /** Something could not be written. */
  refused(): void {
    const before = this.isWritable;
    this.#refusedAt = this.#elapsed();
    if (before) this.emit('changed', false);
  }

  /** Tries again, where it was full. */
  async look(): Promise<void> {
    if (this.#refusedAt === undefined || this.#elapsed() - this.#refusedAt < QUIET_MS) return;
    try {
      await this.#try();
    } catch {
      // Away, or without room still; whichever it is, acts say so themselves.
      return;
    }
    this.#refusedAt = undefined;
    this.emit('changed', true);
  }
}
