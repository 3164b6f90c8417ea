import { PerformanceObserver } from 'node:perf_hooks';

const EVERY_MS = 1;
/** A shorter one is the machine's grain. */
const LEAST_MS = 50;

/** One time in which the loop did not turn, ms. */
export interface Pause {
  readonly ms: number;
  /** Of it the thread had no core: others had them, or waited for memory. */
  readonly withoutCoreMs: number;
  /** Of it garbage was collected. */
  readonly collectingMs: number;
}

interface Seen extends Omit<Pause, 'collectingMs'> {
  readonly from: number;
}

/** Why the loop stands still: whether it has work, collects garbage, or has no core. */
export class Pauses {
  readonly #seen: Seen[] = [];
  readonly #collections: { readonly from: number; readonly to: number }[] = [];
  readonly #observer: PerformanceObserver;
  readonly #timer: NodeJS.Timeout;
  #at = performance.now();
  #cpuMs = threadMs();

  constructor() {
    this.#observer = new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        this.#collections.push({ from: startTime, to: startTime + duration });
    });
    this.#observer.observe({ entryTypes: ['gc'] });
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  /** The longest since it was made; undefined: none was worth a word. Collections are told a turn after they were. */
  get longest(): Pause | undefined {
    const [longest] = this.#seen.toSorted((a, b) => b.ms - a.ms);
    if (!longest) return undefined;
    const { from, ms, withoutCoreMs } = longest;
    const within = this.#collections.map((one) => Math.min(one.to, from + ms) - Math.max(one.from, from));
    return { ms, withoutCoreMs, collectingMs: within.reduce((sum, part) => sum + Math.max(0, part), 0) };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#observer.disconnect();
  }

  #look(): void {
    const [now, cpuMs] = [performance.now(), threadMs()];
    const ms = now - this.#at - EVERY_MS;
    if (ms > LEAST_MS) {
      const withoutCoreMs = Math.max(0, ms - (cpuMs - this.#cpuMs));
      this.#seen.push({ from: this.#at, ms, withoutCoreMs });
    }
    [this.#at, this.#cpuMs] = [now, cpuMs];
  }
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
