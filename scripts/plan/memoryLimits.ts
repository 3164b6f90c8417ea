import { carriedBy, ofNode, type CapacitySetting as Setting } from '../../server/src/domain/nodes/capacity/capacity.ts';
import { plan } from './plan.ts';

/** What PostgreSQL and Redis may take, MB: caches of files are given back, so more would only keep more of them. */
export const STORES_MB = { postgres: 2_048, redis: 512 } as const;
/** Above so much of what a node takes by the plan the kernel takes memory back; above the second it ends the node. */
const [HIGH, MOST] = [1.5, 2];
/** Limits are rounded up to so many MB. */
const STEP_MB = 256;

export interface MemoryLimits {
  /** Of the unit of systemd, with the stores that it brings, MB. */
  readonly unit: { readonly high: number; readonly max: number };
  /** Of each container of compose, MB. */
  readonly compose: { readonly app: number; readonly node: number; readonly postgres: number; readonly redis: number };
}

/** HT16: limits of memory of a node that carries as many viewers as its machine can. */
export function memoryLimits(setting: Setting): MemoryLimits {
  const { perNode } = carriedBy(setting);
  const node = ofNode(setting.costs) + perNode * plan(setting).viewer.memoryMb;
  const stores = STORES_MB.postgres + STORES_MB.redis;
  const app = rounded(MOST * node);
  return {
    unit: { high: rounded(HIGH * node + stores), max: rounded(MOST * node + stores) },
    compose: { app, node: app, ...STORES_MB },
  };
}

const rounded = (mb: number): number => Math.ceil(mb / STEP_MB) * STEP_MB;

/** As the files of `deploy` have it. */
export const limitLines = ({ unit, compose }: MemoryLimits): string[] => [
  `limits        of memory: unit MemoryHigh=${unit.high}M MemoryMax=${unit.max}M; compose ${Object.entries(compose)
    .map(([service, mb]) => `${service} ${mb}m`)
    .join(', ')}`,
];
