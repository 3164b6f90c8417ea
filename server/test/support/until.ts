import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a fact holds and returns it (anything truthy). Asks every 20 ms, since the facts here come from other processes.
 * @throws Error that names the fact, and what was seen last, after `ms` milliseconds.
 */
export async function until<T>(
  fact: string,
  look: () => T | Promise<T>,
  ms = 10_000,
): Promise<Exclude<T, undefined | null | false | 0 | ''>> {
  const end = performance.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen as Exclude<T, undefined | null | false | 0 | ''>;
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${fact}`);
    await sleep(20);
  }
}

/** The opposite of `until`: the fact must hold all through `ms` milliseconds. */
export async function throughout(fact: string, look: () => boolean, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    if (!look()) throw new Error(`did not last for ${ms} ms: ${fact}`);
    await sleep(20);
  }
}
