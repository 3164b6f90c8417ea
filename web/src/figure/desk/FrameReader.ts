import type { FigureFrame } from '../../api/contract.ts';

interface FrameReaderUse {
  /** One frame as of an N. */
  read(n: number, signal: AbortSignal): Promise<FigureFrame>;
  take(frame: FigureFrame): void;
  failed(): void;
}

/** A frame that has moved is read again at most this often; the cells that a tick brings are there at once. */
const REFRESH_MS = 1_000;
const AGAIN_MS = 5_000;

/** Reads the frame that is wanted last, one at a time: ticks that come faster than a line carries frames starve nobody. */
export class FrameReader {
  readonly #use: FrameReaderUse;
  readonly #everyMs: number;
  readonly #stop = new AbortController();
  #wanted: number | undefined;
  #read: number | undefined;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(use: FrameReaderUse, everyMs: number = REFRESH_MS) {
    this.#use = use;
    this.#everyMs = everyMs;
  }

  /** FG109: at once, unless one was read just now. */
  want(n: number): void {
    this.#wanted = n;
    this.#next();
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  #next(): void {
    const n = this.#wanted;
    if (this.#busy || this.#stop.signal.aborted || n === undefined || n === this.#read) return;
    this.#busy = true;
    void this.#fetch(n);
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
    this.#timer = setTimeout(() => {
      this.#busy = false;
      this.#next();
    }, pause);
  }
}
