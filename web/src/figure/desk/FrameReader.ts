import type { FigureFrame } from '../../api/contract.ts';

interface FrameReaderUse {
  /** One frame as of an N. */
  read(n: number, signal: AbortSignal): Promise<FigureFrame>;
  take(frame: FigureFrame): void;
  failed(): void;
}

/** A frame that has moved is read again at most this often. */
const REFRESH_MS = 1_000;
/** Cells that a tick has brought are there at once; so long after it the sums above them are read. */
const BROUGHT_MS = 2_000;
const AGAIN_MS = 5_000;

/** Reads the frame that is wanted last, one at a time: ticks that come faster than a line carries frames starve nobody. */
export class FrameReader {
  readonly #use: FrameReaderUse;
  readonly #everyMs: number;
  readonly #stop = new AbortController();
  #wanted: number | undefined;
  #read: number | undefined;
  #busy = false;
  /** What a tick has brought is waited with; what none has is not. */
  #isIdle = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(use: FrameReaderUse, everyMs: number = REFRESH_MS) {
    this.#use = use;
    this.#everyMs = everyMs;
  }

  /**
   * FG109: at once, unless one was read just now, or ticks have brought what moved.
   * @param unseen the last N of which no tick has brought the cells
   */
  want(n: number, unseen: number = n): void {
    this.#wanted = n;
    if (this.#isIdle && (this.#read === undefined || this.#read < unseen)) {
      clearTimeout(this.#timer);
      this.#busy = false;
      this.#next();
    } else if (!this.#busy) this.#rest(BROUGHT_MS);
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  #next(): void {
    const n = this.#wanted;
    if (this.#busy || this.#stop.signal.aborted || n === undefined || n === this.#read) return;
    this.#busy = true;
    this.#isIdle = false;
    void this.#fetch(n);
  }

  #rest(ms: number): void {
    this.#busy = true;
    this.#timer = setTimeout(() => {
      this.#busy = false;
      this.#isIdle = true;
      this.#next();
    }, ms);
  }

  async #fetch(n: number): Promise<void> {
    let pause = this.#everyMs;
    try {
      const frame = await this.#use.read(n, this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      this.#read = n;
      this.#use.take(frame);
    } catch {
      if (this.#stop.signal.aborted) return;
      pause = AGAIN_MS;
      this.#use.failed();
    }
    this.#rest(pause);
  }
}
