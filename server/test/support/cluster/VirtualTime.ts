import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose turn it is: what a node runs sees its own clock, and its timers stand when it does. */
export interface Process {
  /** dead: nothing of it happens any more. stopped: everything waits. */
  state: 'runs' | 'stopped' | 'dead';
  /** How long its monotonic clock stood so far, ms. */
  suspendedMs: number;
  /** What waits for it to go on. */
  readonly waiting: (() => void)[];
}

interface Turn {
  readonly at: number;
  readonly order: number;
  readonly process: Process | undefined;
  readonly run: () => void;
  /** Promises may come of it, which settle before anything else happens. */
  readonly settles: boolean;
}

/** Sums of times are no more exact than that. */
const EXACT_MS = 0.001;

const real = { setTimeout, clearTimeout, now: performance.now, setImmediate };

/**
 * Time of a whole cluster in one process: `setTimeout` and `performance.now` of the real code mean it while it runs. Turns
 * come in the order of their times, each when all promises of the one before have settled.
 */
export class VirtualTime {
  readonly #current = new AsyncLocalStorage<Process>();
  /** Made once for each process: a context is dear. */
  readonly #contexts = new WeakMap<Process, <T>(run: () => T) => T>();
  readonly #turns: Turn[] = [];
  #now = 0;
  #order = 0;

  get now(): number {
    return this.#now;
  }

  /** The monotonic clock of a process, ms. */
  nowOf(process: Process | undefined): number {
    return this.#now - (process?.suspendedMs ?? 0);
  }

  within<T>(process: Process, run: () => T): T {
    let enter = this.#contexts.get(process);
    if (!enter) {
      enter = this.#current.run(process, () => AsyncLocalStorage.snapshot());
      this.#contexts.set(process, enter);
    }
    return enter(run);
  }

  /** @param process undefined: it is of the world, and happens whatever stops */
  after(ms: number, run: () => void, process?: Process): () => void {
    let cancelled = false;
    const done = () => {
      if (!cancelled) run();
    };
    this.#push({ at: this.#now + Math.max(0, ms), order: this.#order++, process, run: done, settles: true });
    return () => {
      cancelled = true;
    };
  }

  /** Something of the world of which no promise comes. */
  later(ms: number, run: () => void): void {
    this.#push({ at: this.#now + ms, order: this.#order++, process: undefined, run, settles: false });
  }

  /** All that happens in the next `ms`. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settled();
    for (let turn = this.#turns[0]; turn && turn.at <= until; turn = this.#turns[0]) {
      this.#pop();
      this.#now = Math.max(this.#now, turn.at);
      this.#take(turn.process, turn.run);
      if (turn.settles) await settled();
    }
    this.#now = until;
  }

  /** It goes on, and what waited happens in the order that is given. */
  resume(process: Process, order: (waiting: (() => void)[]) => (() => void)[]): void {
    process.state = 'runs';
    for (const run of order(process.waiting.splice(0))) this.after(0, run, process);
  }

  #take(process: Process | undefined, run: () => void): void {
    if (!process) run();
    else if (process.state === 'stopped') process.waiting.push(run);
    else if (process.state === 'runs') this.within(process, run);
  }

  /** @returns what ends it */
  install(): () => void {
    const set = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      const process = this.#current.getStore();
      const due = this.nowOf(process) + ms;
      let cancel: () => void = () => undefined;
      const plan = (left: number) => {
        cancel = this.after(
          left,
          () => {
            // A monotonic clock that stood meanwhile is not so far yet.
            const missing = due - this.nowOf(process);
            if (missing > EXACT_MS) plan(missing);
            else run(...args);
          },
          process,
        );
      };
      plan(ms);
      const timer = { cancel: () => cancel(), unref: () => timer, ref: () => timer, [Symbol.toPrimitive]: () => 0 };
      return timer;
    };
    globalThis.setTimeout = set as never;
    globalThis.clearTimeout = ((timer?: { cancel?: () => void }) => timer?.cancel?.()) as never;
    performance.now = () => this.nowOf(this.#current.getStore());
    return () => {
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
      performance.now = real.now;
    };
  }

  #push(turn: Turn): void {
    const heap = this.#turns;
    let i = heap.push(turn) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!isBefore(turn, heap[up] as Turn)) break;
      heap[i] = heap[up] as Turn;
      i = up;
    }
    heap[i] = turn;
  }

  #pop(): void {
    const heap = this.#turns;
    const last = heap.pop() as Turn;
    if (heap.length === 0) return;
    let i = 0;
    for (;;) {
      let down = 2 * i + 1;
      if (down >= heap.length) break;
      if (down + 1 < heap.length && isBefore(heap[down + 1] as Turn, heap[down] as Turn)) down++;
      if (!isBefore(heap[down] as Turn, last)) break;
      heap[i] = heap[down] as Turn;
      i = down;
    }
    heap[i] = last;
  }
}

const isBefore = (a: Turn, b: Turn): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

const settled = () => new Promise<void>((resolve) => real.setImmediate(resolve));
