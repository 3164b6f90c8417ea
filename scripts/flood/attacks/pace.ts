import { setTimeout as wait } from 'node:timers/promises';

/**
 * Does something `perSecond` times a second until the attack is over, as evenly as timers allow and never more than that:
 * what was missed is not made up for.
 * @param act is not awaited
 */
export async function pace(perSecond: number, over: AbortSignal, act: (nr: number) => void): Promise<void> {
  for (let nr = 0; !over.aborted; nr++) {
    act(nr);
    await wait(1_000 / perSecond, undefined, { signal: over }).catch(() => {});
  }
}

/** Resolves when the attack is over. */
export const until = (over: AbortSignal): Promise<void> => pace(1, over, () => {});
