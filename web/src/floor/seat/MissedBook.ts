import type { Call } from '../../api/contract.ts';
import { fullJitter } from '../../lib/jitter.ts';
import { Store } from '../../lib/Store.ts';

/** An answer so young is not asked for again: from the door to the seat it is the same one. */
const FRESH_MS = 60_000;

/** Calls that this unit missed (SC16), asked for once at a sign-in wherever they are shown. */
export class MissedBook {
  readonly state = new Store<{ readonly calls: readonly Call[] }>({ calls: [] });
  readonly #ask: (signal: AbortSignal) => Promise<readonly Call[]>;
  readonly #now: () => number;
  #askedAt = Number.NEGATIVE_INFINITY;
  #stop = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: (signal: AbortSignal) => Promise<readonly Call[]>, now: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#now = now;
  }

  /** They are shown somewhere. @param news there may be another one: what is known is too old */
  look(news = false): void {
    if (!news && this.#now() - this.#askedAt < FRESH_MS) return;
    this.close();
    this.#stop = new AbortController();
    this.#askedAt = this.#now();
    void this.#load(0, this.#stop.signal);
  }

  /** The unit has read of it. */
  read(id: string): void {
    this.state.set({ calls: this.state.get().calls.filter((call) => call.id !== id) });
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
    this.#askedAt = Number.NEGATIVE_INFINITY;
  }

  async #load(attempt: number, signal: AbortSignal): Promise<void> {
    try {
      const calls = await this.#ask(signal);
      if (!signal.aborted) this.state.set({ calls });
    } catch {
      if (signal.aborted) return;
      this.#timer = setTimeout(() => void this.#load(attempt + 1, signal), fullJitter(attempt) + 1_000);
    }
  }
}
