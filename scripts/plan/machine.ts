import { cpus } from 'node:os';
import type { Costs } from '../../server/src/domain/nodes/capacity/costs.ts';

/** How measured costs name this machine: so many cores, of that make. */
export const thisMachine = (): string => `${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}`;

const makeOf = (machine: string): string => machine.slice(machine.indexOf(', ') + 2);

/** PL19: where the costs were measured, and, where that is a machine of another make, how to have those of this one. */
export function measuredOn({ machine, at }: Pick<Costs, 'machine' | 'at'>, here: string): string[] {
  const told = `measured on   ${machine}, ${at.slice(0, 16).replace('T', ' ')} UTC`;
  if (makeOf(machine) === makeOf(here)) return [told];
  return [
    told,
    `another make  this machine is ${makeOf(here)}, and a packet has cost 1.6 times as much on one make as on another: on a machine ` +
      'as your nodes are, `npm run dh -- plan --measure --costs mine.json` takes costs of its own in some 5 min, and `--costs mine.json` plans with them',
  ];
}
