import type { Sender } from '../../../src/cluster/bus/envelope.ts';
import type { Beat, BeatStore } from '../../../src/cluster/membership/ports.ts';

/** What PostgreSQL does with beats, for a world without one. */
export class MemoryBeats implements BeatStore {
  readonly #beats = new Map<string, Beat>();

  async beat({ node, boot }: Sender, number: number): Promise<readonly Beat[]> {
    this.#beats.set(boot, { node, boot, number });
    return this.all();
  }

  async all(): Promise<readonly Beat[]> {
    return [...this.#beats.values()];
  }

  async end(boot: string): Promise<void> {
    this.#beats.delete(boot);
  }

  /** As whoever watches a node reads it. */
  of(boot: string | undefined): string {
    return String(this.#beats.get(boot ?? '')?.number ?? '');
  }
}
