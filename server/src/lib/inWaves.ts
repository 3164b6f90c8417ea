import { setTimeout as sleep } from 'node:timers/promises';

const STEP_MS = 100;

export interface Waves<T> {
  /** What is there still, the next ones first; asked anew for each step, since more may have come. */
  readonly left: () => readonly T[];
  /** It must not be there any more after that. */
  readonly send: (ones: readonly T[]) => void;
  /** Asked anew for each step. */
  readonly perSecond: () => number;
  /** Called off: those that are left stay. */
  readonly signal: AbortSignal;
}

/** Sends away what is there, so many a second that those who take them over keep up; resolves when nothing is left. */
export async function inWaves<T>({ left, send, perSecond, signal }: Waves<T>): Promise<void> {
  let owed = 0;
  while (!signal.aborted) {
    const there = left();
    if (there.length === 0) return;
    owed += (perSecond() * STEP_MS) / 1000;
    const now = Math.floor(owed);
    owed -= now;
    if (now > 0) send(there.slice(0, now));
    await sleep(STEP_MS, undefined, { signal }).catch(() => undefined);
  }
}
