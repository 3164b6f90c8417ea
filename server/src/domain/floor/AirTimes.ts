import { EventEmitter } from 'node:events';
import type { AirTime } from '../../protocol/floor.ts';
import { isOnAir } from './airTime.ts';
import type { FloorState } from './FloorState.ts';
import type { LiveFloors } from './LiveFloors.ts';
import type { FloorStore } from './ports.ts';

interface Parts {
  readonly live: LiveFloors;
  readonly store: Pick<FloorStore, 'airTime'>;
  readonly failed: (error: unknown, briefing: string) => void;
}

/** How long each briefing has been on air, read from the record whenever a broadcast begins, ends or pauses. (FL20) */
export class AirTimes extends EventEmitter<{ changed: [AirTime] }> {
  readonly #parts: Parts;
  readonly #known = new Map<string, AirTime>();
  /** To be read, with the number of the last try. */
  readonly #stale = new Map<string, number>();
  #tries = 0;
  readonly #onFloor = (before: FloorState, after: FloorState) => {
    const { briefing } = after;
    const isNew = !this.#known.has(briefing) && !this.#stale.has(briefing);
    if (isNew || isOnAir(before) !== isOnAir(after)) void this.#read(briefing);
  };

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
    parts.live.on('changed', this.#onFloor);
  }

  get(briefing: string): AirTime | undefined {
    return this.#known.get(briefing);
  }

  /** Reads what could not be read, and forgets what is over. */
  async sweep(): Promise<void> {
    for (const briefing of this.#known.keys()) if (!this.#parts.live.get(briefing)) this.#known.delete(briefing);
    for (const briefing of this.#stale.keys()) {
      if (this.#parts.live.get(briefing)) await this.#read(briefing);
      else this.#stale.delete(briefing);
    }
  }

  /** Whether a card is shown has changed. (PN15) */
  async renew(briefing: string): Promise<void> {
    if (this.#parts.live.get(briefing)) await this.#read(briefing);
  }

  close(): void {
    this.#parts.live.off('changed', this.#onFloor);
  }

  async #read(briefing: string): Promise<void> {
    const nr = ++this.#tries;
    this.#stale.set(briefing, nr);
    try {
      const air = await this.#parts.store.airTime(briefing);
      // Another was asked for meanwhile, and knows more.
      if (this.#stale.get(briefing) !== nr) return;
      this.#stale.delete(briefing);
      this.#known.set(briefing, air);
      this.emit('changed', air);
    } catch (error) {
      this.#parts.failed(error, briefing);
    }
  }
}
