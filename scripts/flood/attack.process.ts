import { setTimeout as wait } from 'node:timers/promises';
import { type AttackName, attacks } from './attacks/index.ts';
import type { AttackOrder } from './protocol.ts';

// One attack, in a process of its own; says what it did and saw when its time is over. It ends with its parent, and
// by itself whatever happens.

/** What it takes to get in, and to let go of everything, ms. */
const SLACK_MS = 30_000;

async function run({ name, seconds, place }: AttackOrder): Promise<void> {
  setTimeout(() => process.exit(3), seconds * 1_000 + SLACK_MS);
  const counts: Record<string, number> = {};
  const count = (what: string, by = 1): void => {
    counts[what] = (counts[what] ?? 0) + by;
  };
  const over = new AbortController();
  const time = wait(seconds * 1_000).then(() => over.abort());
  await attacks[name as AttackName].run({ place, count, over: over.signal });
  await time;
  process.send?.(counts, () => process.exit(0));
}

process.on('disconnect', () => process.exit(1));
process.on('message', (order: AttackOrder) => {
  run(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
