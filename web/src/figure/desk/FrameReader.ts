import type { FigureFrame } from '../../api/contract.ts';

interface FrameReaderUse {
  /** One frame as of an N. */
  read(n: number, signal: AbortSignal): Promise<FigureFrame>;
  take(frame: FigureFrame): void;
  failed(): void;
}

/** A frame that has moved is read again at most this often; the cells that a tick brings are there at once. */
const REFRESH_MS = 2_000;
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

  want(n: number): void {
    this.#wanted = n;
    // The first at once.
    if (!this.#busy) this.#after(this.#read === undefined ? 0 : this.#everyMs);
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  #after(ms: number): void {
    if (this.#stop.signal.aborted || this.#wanted === undefined || this.#wanted === this.#read) return;
    this.#busy = true;
    const next = () => void this.#next(this.#wanted as number);
    if (ms === 0) next();
    else this.#timer = setTimeout(next, ms);
  }

  async #next(n: number): Promise<void> {
    let again = this.#everyMs;
    try {
      const frame = await this.#use.read(n, this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      this.#read = n;
      this.#use.take(frame);
    } catch {
      if (this.#stop.signal.aborted) return;
      again = AGAIN_MS;
      this.#use.failed();
    }
    this.#busy = false;
    this.#after(again);
  }
}
