import type { Clock } from '../../lib/clock.ts';

/** So long after it could not be recorded, a repetition counts as having come when the first one did. */
const PATIENCE_MS = 120_000;
/** Those of a whole country, with room to spare; beyond it the oldest are forgotten. */
const MOST = 50_000;

/** One message with an act that is repeated under its key until it is acknowledged. */
export interface ActArrival {
  /** When it came for the first time, by the clock that decides deadlines. */
  readonly received: Date;
  /** @param again it could not be recorded for reasons of ours, so it will be repeated */
  readonly over: (again: boolean) => void;
}

interface Kept {
  readonly received: Date;
  readonly act: string;
  readonly about: string | undefined;
  running: number;
  /** As `performance.now` counts: when it was last refused for reasons of ours. */
  refused: number | undefined;
  readonly whenOver: (() => void)[];
}

/**
 * RC8: when each act came in, however long it waits afterwards. What this node could not record keeps its moment for
 * its repetition, which must come from the same device and say the same.
 */
export class Arrivals {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** To be called in the turn in which the frame is read. @param from the device */
  arrive(from: string, act: string, ask: unknown): ActArrival {
    const received = this.#clock.now();
    const { key, round } = ask as { key?: unknown; round?: unknown };
    if (typeof key !== 'string') return { received, over: () => undefined };
    const id = `${from} ${act} ${JSON.stringify(ask)}`;
    const known = this.#find(id);
    const about = typeof round === 'string' ? round : undefined;
    const kept = known ?? { received, act, about, running: 0, refused: undefined, whenOver: [] };
    kept.running += 1;
    if (!known) this.#keep(id, kept);
    return { received: kept.received, over: (again) => this.#end(id, kept, again) };
  }

  /** Whether one of these acts on a round came before that moment, and was neither recorded nor refused so far. */
  holds(acts: ReadonlySet<string>, round: string, before: Date): boolean {
    for (const [id, { act, about, received }] of this.#kept)
      if (about === round && received < before && acts.has(act) && this.#find(id)) return true;
    return false;
  }

  /** Resolves when those of these acts on a round that are being done now are over. */
  async done(acts: ReadonlySet<string>, round: string): Promise<void> {
    const running = [...this.#kept.values()].filter((k) => k.running > 0 && k.about === round && acts.has(k.act));
    await Promise.all(running.map(({ whenOver }) => new Promise<void>((resolve) => whenOver.push(resolve))));
  }

  #find(id: string): Kept | undefined {
    const kept = this.#kept.get(id);
    if (!kept || kept.running > 0 || kept.refused === undefined) return kept;
    if (performance.now() - kept.refused < PATIENCE_MS) return kept;
    this.#kept.delete(id);
    return undefined;
  }

  #keep(id: string, kept: Kept): void {
    this.#kept.set(id, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
  }

  #end(id: string, kept: Kept, again: boolean): void {
    kept.running -= 1;
    if (again) kept.refused = performance.now();
    if (kept.running > 0) return;
    if (!again && this.#kept.get(id) === kept) this.#kept.delete(id);
    for (const resolve of kept.whenOver.splice(0)) resolve();
  }
}
