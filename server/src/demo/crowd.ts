import { join } from 'node:path';
import type { AccountStore } from '../domain/organisation/ports.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { SecretFile } from '../lib/SecretFile.ts';
import { demoSecret } from './loadDemo.ts';
import { demoTrees, treeThere } from './trees.ts';

/** In DATA_DIR: account -> secret of its link, for `scripts/crowd`. */
export const CROWD_FILE = 'demo-crowd.json';

/**
 * Gives so many seats of the demo's briefing a link each, spread over its provinces, and keeps the secrets for the program that
 * plays them [DC6]. Accounts that have a link already keep it, and are not played.
 */
export async function linkCrowd(
  { units, accountStore, DATA_DIR }: { units: Units; accountStore: AccountStore; DATA_DIR: string },
  many: number,
): Promise<void> {
  const tree = treeThere(units.index);
  if (!tree) return;
  const base = units.index.baseUnits(demoTrees[tree].southern.units.map((code) => units.get(code).path));
  const step = Math.max(1, base.length / many);
  // From the middle of each stretch: the first units of a province have printed links.
  const chosen = Array.from({ length: Math.min(many, base.length) }, (_, i) => base[Math.floor((i + 0.5) * step)]);
  const secrets = await SecretFile.open(join(DATA_DIR, CROWD_FILE));
  for (const unit of chosen) if (unit) await demoSecret(accountStore, secrets, unit.code, 'seat');
}
