import { join } from 'node:path';
import { randomOf } from './randomOf.ts';

/**
 * Of how many nodes what a test starts as one server is made (`TEST_NODES`), with each connection at one of them by chance.
 * Files that start their nodes themselves do so whatever it says.
 */
export const testNodes = Number(process.env.TEST_NODES ?? 1);

/** @returns chance for which of them is asked, the same again with the `TEST_SEED` that is printed */
export function chanceOfNodes(nodes = testNodes): () => number {
  const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
  console.log(`TEST_NODES=${nodes} TEST_SEED=${seed}`);
  return randomOf(seed);
}

/** One of them, as chance has it each time. */
export function anyOf<T>(things: readonly T[], chance: () => number): T {
  const found = things[Math.floor(chance() * things.length)];
  if (found === undefined) throw new Error('there is none');
  return found;
}

/** Those things, each time from another one on. */
export const byChance = <T>(things: readonly T[], chance: () => number): Iterable<T> => ({
  [Symbol.iterator]: () => {
    const first = things.indexOf(anyOf(things, chance));
    return [...things.slice(first), ...things.slice(0, first)][Symbol.iterator]();
  },
});

/** What an operator gives to each node alike (docs/operations/cluster.md): here it is the first one's. */
export const sharedFiles = (folder: string): Record<string, string> => ({
  API_KEYS_FILE: join(folder, 'api-keys.json'),
  RECEIPT_KEYS_FILE: join(folder, 'receipt-keys.json'),
});
