/** Of pictures that come in: how long all of them together have waited, and how many that were. */
export interface Waited {
  readonly seconds: number;
  readonly frames: number;
}

/** A picture that waits longer than that is no picture that anybody speaks to. */
const MOST_MS = 5_000;

/**
 * FG106: how long pictures wait in this browser before they are shown: in the last look, not since the beginning. It says nothing of
 * the way, on which figures are as long as pictures.
 */
export class PictureLag {
  #before: Waited | undefined;
  #ms = 0;

  get ms(): number {
    return this.#ms;
  }

  /** @param waited undefined: no picture comes */
  look(waited: Waited | undefined): void {
    const before = this.#before;
    this.#before = waited;
    if (!waited || !before || waited.frames < before.frames) {
      this.#ms = 0;
      return;
    }
    const frames = waited.frames - before.frames;
    // One that stands still waits for nothing.
    this.#ms = frames === 0 ? 0 : Math.min(MOST_MS, ((waited.seconds - before.seconds) / frames) * 1000);
  }
}

/** What statistics of a track say of it; undefined: it is no picture that comes. */
export function waitedIn(stats: unknown): Waited | undefined {
  const { type, kind, jitterBufferDelay, jitterBufferEmittedCount } = stats as Partial<RTCInboundRtpStreamStats>;
  if (type !== 'inbound-rtp' || kind !== 'video') return undefined;
  return { seconds: jitterBufferDelay ?? 0, frames: jitterBufferEmittedCount ?? 0 };
}

export const bothWaited = (one: Waited | undefined, other: Waited | undefined): Waited | undefined =>
  one && other ? { seconds: one.seconds + other.seconds, frames: one.frames + other.frames } : (one ?? other);
