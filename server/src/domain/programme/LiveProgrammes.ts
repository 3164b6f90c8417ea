import { EventEmitter } from 'node:events';
import type { Programme } from '../../protocol/programme.ts';

/** The programmes of open and live briefings as this node knows them, wherever a change came from. */
export class LiveProgrammes extends EventEmitter<{
  /** It became a newer one. */
  changed: [Programme];
  /** A choice of this node was committed; other nodes want to know. */
  committed: [Programme];
}> {
  readonly #programmes = new Map<string, Programme>();

  get(briefing: string): Programme | undefined {
    return this.#programmes.get(briefing);
  }
  briefings(): readonly string[] {
    return [...this.#programmes.keys()];
  }

  /** PN7: one that is not newer is ignored, so hints may come late, twice and in any order. */
  apply(programme: Programme): void {
    const before = this.#programmes.get(programme.briefing);
    if (before && programme.seq <= before.seq) return;
    this.#programmes.set(programme.briefing, programme);
    this.emit('changed', programme);
  }

  /** What this node has committed. */
  commit(programme: Programme): void {
    const known = this.#programmes.get(programme.briefing)?.seq ?? 0;
    this.apply(programme);
    if (programme.seq > known) this.emit('committed', programme);
  }

  forget(briefing: string): void {
    this.#programmes.delete(briefing);
  }
}
