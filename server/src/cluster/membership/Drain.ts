import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A node goes on letting in for so long after it said that it drains: the others read its lease once a second, and a
 * balancer asks every second or two.
 */
const NOTICE_MS = 3_000;

/** What a node does to be emptied. */
export interface Drained {
  /** To the other nodes and the balancer: no more of them here, or again. */
  readonly tell: (draining: boolean) => Promise<void>;
  /** Lets nobody in any more, or again. */
  readonly shut: (shut: boolean) => void;
  /** Shows out those who are here, in waves; resolves when nobody is left, or it was called off. */
  readonly showOut: (signal: AbortSignal) => Promise<void>;
  readonly failed: (error: unknown) => void;
  readonly noticeMs?: number;
}

/** PL3: a node is emptied, because somebody asked for it or it is about to end. */
export class Drain {
  readonly #drained: Drained;
  #running: { readonly stop: AbortController; readonly done: Promise<void>; isOver: boolean } | undefined;

  constructor(drained: Drained) {
    this.#drained = drained;
  }

  /** From the first moment on, until it is called off. */
  get isOn(): boolean {
    return this.#running !== undefined;
  }

  /** Nobody was left at the end of it. */
  get isOver(): boolean {
    return this.#running?.isOver ?? false;
  }

  /** @returns resolves when nobody is here any more, or it was called off; asked again, it is the same one */
  start(): Promise<void> {
    if (this.#running) return this.#running.done;
    const stop = new AbortController();
    const done = this.#empty(stop.signal).catch(this.#drained.failed);
    const running = { stop, done, isOver: false };
    this.#running = running;
    void done.then(() => {
      running.isOver = true;
    });
    return done;
  }

  /** It takes viewers again; those who have gone stay where they are. */
  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running.stop.abort();
    this.#running = undefined;
    this.#drained.shut(false);
    await this.#drained.tell(false);
  }

  async #empty(signal: AbortSignal): Promise<void> {
    const { tell, shut, showOut, noticeMs = NOTICE_MS } = this.#drained;
    // `isOn` is set when the others read it.
    await Promise.resolve();
    if (signal.aborted) return;
    await tell(true);
    await sleep(noticeMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    shut(true);
    await showOut(signal);
  }
}
