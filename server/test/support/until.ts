import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

type Truthy<T> = Exclude<T, undefined | null | false | 0 | ''>;

/** How long a fact may take that nothing holds up, on a machine with many other things to do: who waits in vain waits once. */
export const PATIENCE_MS = 30_000;

/**
 * Waits until a fact holds and returns it (anything truthy). Asks every 20 ms, since the facts here come from other processes.
 * @throws Error that names the fact, and what was seen last, after `ms` milliseconds; also when a look does not end.
 */
export async function until<T>(fact: string, look: () => T | Promise<T>, ms = PATIENCE_MS): Promise<Truthy<T>> {
  const end = performance.now() + ms;
  let seen: unknown = 'nothing, since the first look did not end';
  for (;;) {
    const looking = Promise.resolve(look());
    const left = Math.max(1_000, end - performance.now());
    seen = await within(`a look at: ${fact}`, looking, left, () => seen);
    if (seen) return seen as Truthy<T>;
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${fact}; last seen: ${show(seen)}`);
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

/**
 * A promise with a limit, so that a test which waits in vain says for what.
 * @param state what can be seen of it, for the message
 * @throws Error that names the fact and the state after `ms` milliseconds; and whatever the promise rejects with
 */
export async function within<T>(
  fact: string,
  promise: Promise<T>,
  ms = PATIENCE_MS,
  state?: () => unknown,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const seen = state ? `; last seen: ${show(state())}` : '';
      reject(new Error(`not within ${Math.round(ms)} ms: ${fact}${seen}`));
    }, ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const show = (seen: unknown): string => inspect(seen, { depth: 2, breakLength: 120, maxStringLength: 500 });
