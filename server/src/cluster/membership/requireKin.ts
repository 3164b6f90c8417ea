import { setTimeout as sleep } from 'node:timers/promises';
import { StartRefusal } from '../../lib/StartRefusal.ts';
import { MESSAGE_VERSION } from '../bus/envelope.ts';
import { estrangement } from './kinship.ts';
import { LEASE_MS } from './lease.ts';
import { type Looking, look } from './look.ts';
import type { BeatStore } from './ports.ts';

/** Of a node that was just killed the lease is still there, and a node that lives beats within this time. */
const PATIENCE_MS = LEASE_MS + 1_000;
const LOOK_EVERY_MS = 100;

export interface KinOptions extends Looking {
  /** The newest migration that this program knows. */
  readonly schema: string;
  /** undefined: the database is of a version without beats, so every lease counts. */
  readonly beats: Pick<BeatStore, 'all'> | undefined;
  readonly patienceMs?: number;
}

/**
 * CL5, CL68: before it touches anything that they have in common. Nodes that are only still listed are waited for, and a
 * lease of a boot that does not beat in PostgreSQL was written by somebody who holds Redis, and is none.
 * @throws StartRefusal
 */
export async function requireKin(options: KinOptions): Promise<void> {
  const { keys, schema, beats, patienceMs = PATIENCE_MS } = options;
  const own = { bus: MESSAGE_VERSION, schema, accepts: [...keys.marks] };
  const until = performance.now() + patienceMs;
  const before = await numbersOf(beats);
  const beating = new Set<string>();
  for (;;) {
    const { found } = await look(options);
    const standing = found.filter(({ lease }) => typeof lease === 'string' || !lease.over);
    if (estrangement(standing, own) === undefined) return;
    for (const [boot, number] of await numbersOf(beats)) if (before.get(boot) !== number) beating.add(boot);
    const why = estrangement(
      standing.filter(({ boot }) => !beats || beating.has(boot)),
      own,
    );
    if (performance.now() > until) {
      if (why === undefined) return;
      throw new StartRefusal(why);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

const numbersOf = async (beats: KinOptions['beats']): Promise<ReadonlyMap<string, number>> =>
  new Map(((await beats?.all()) ?? []).map(({ boot, number }) => [boot, number]));
