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
  /** undefined: it was given up. */
  run: (() => void) | undefined;
  /** Promises may come of it, which settle before anything else happens. */
  readonly settles: boolean;
}

/** Sums of times are no more exact than that. */
const EXACT_MS = 0.001;

const { setImmediate } = globalThis;

/**
 * Time of a whole cluster in one process, which timers and clocks of the real code mean while `takeOver` holds. Turns come
 * in the order of their times, each when all promises of the one before have settled.
 */
export class VirtualTime {
  readonly #current = new AsyncLocalStorage<Process>();
  /** Made once for each process: a context is dear. */
  readonly #contexts = new WeakMap<Process, <T>(run: () => T) => T>();
  readonly #turns: Turn[] = [];
  #now = 0;
  #order = 0;
  /** Whether what happens at this moment may leave promises. */
  #settles = false;

  get now(): number {
    return this.#now;
  }

  /** The monotonic clock of whoever asks, ms. */
  get nowHere(): number {
    return this.nowOf(this.#current.getStore());
  }

  /** That of a process. */
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
  after(ms: number, run: () => void, process?: Process): Turn {
    return this.#push(ms, run, process, true);
  }

  /** Something of the world of which no promise comes. */
  later(ms: number, run: () => void): void {
    this.#push(ms, run, undefined, false);
  }

  /** Now, in the midst of something `later`: what a line brings to a process, which may be stopped or dead. */
  hand(process: Process, run: () => void): void {
    this.#settles = true;
    this.#take(process, run);
  }

  /** All that happens in the next `ms`. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await aTurn();
    for (let turn = this.#turns[0]; turn && turn.at <= until; turn = this.#turns[0]) {
      this.#pop();
      if (!turn.run) continue;
      this.#now = Math.max(this.#now, turn.at);
      this.#settles = turn.settles;
      this.#take(turn.process, turn.run);
      if (this.#settles) await settled();
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

  /** A timer of whoever asks, by the clock of their process. @param again every so many ms until it is cancelled */
  alarm(ms: number, run: () => void, again = false): Alarm {
    return new Alarm(this, this.#current.getStore(), ms, run, again);
  }

  #push(ms: number, run: () => void, process: Process | undefined, settles: boolean): Turn {
    const turn: Turn = { at: this.#now + Math.max(0, ms), order: this.#order++, process, run, settles };
    const heap = this.#turns;
    let i = heap.push(turn) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!isBefore(turn, heap[up] as Turn)) break;
      heap[i] = heap[up] as Turn;
      i = up;
    }
    heap[i] = turn;
    return turn;
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

/** Ticks come when no promise is left; so nobody waits for a turn of the loop, of which a world has tens of thousands. */
const settled = () => new Promise<void>((resolve) => process.nextTick(resolve));

/** What Node does in its own turns, as with rejections that nobody has taken, is done between two stretches of time. */
const aTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** As `setTimeout` and `setInterval` give it. */
export class Alarm {
  readonly #time: VirtualTime;
  readonly #process: Process | undefined;
  readonly #run: () => void;
  readonly #everyMs: number | undefined;
  #due: number;
  #turn: Turn | undefined;

  constructor(time: VirtualTime, process: Process | undefined, ms: number, run: () => void, again: boolean) {
    this.#time = time;
    this.#process = process;
    this.#run = run;
    this.#everyMs = again ? ms : undefined;
    this.#due = time.nowOf(process) + ms;
    this.#plan(ms);
  }

  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  cancel(): void {
    if (this.#turn) this.#turn.run = undefined;
  }

  #plan(ms: number): void {
    this.#turn = this.#time.after(ms, () => this.#ring(), this.#process);
  }

  #ring(): void {
    // A monotonic clock that stood meanwhile is not so far yet.
    const missing = this.#due - this.#time.nowOf(this.#process);
    if (missing > EXACT_MS) {
      this.#plan(missing);
      return;
    }
    if (this.#everyMs !== undefined) {
      this.#due += this.#everyMs;
      this.#plan(this.#due - this.#time.nowOf(this.#process));
    }
    this.#run();
  }
}
