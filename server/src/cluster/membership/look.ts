import type { Redis } from 'ioredis';
import { StartRefusal } from '../../lib/StartRefusal.ts';
import type { BusKeys } from '../bus/BusKeys.ts';
import { type Lease, leaseKey, NODES_KEY, readLease } from './lease.ts';

export interface Looking {
  readonly redis: Redis;
  readonly keys: BusKeys;
}

/** What stands in Redis at the place of a boot's lease. */
export interface Found {
  readonly boot: string;
  readonly lease: Lease | 'unsigned' | 'misshapen';
}

/** All leases that are there, this node's own among them, and the boots whose lease is over. */
export async function look({ redis, keys }: Looking): Promise<{
  readonly found: readonly Found[];
  readonly ended: string[];
}> {
  const boots = await redis.zrange(NODES_KEY, 0, -1);
  if (boots.length === 0) return { found: [], ended: [] };
  const texts = await redis.mget(boots.map(leaseKey));
  const found = boots.flatMap((boot, i) => {
    const text = texts[i];
    return typeof text === 'string' ? [{ boot, lease: readLease(keys, boot, text) }] : [];
  });
  return { found, ended: boots.filter((_, i) => texts[i] === null) };
}

/** PL6: the nodes of a cluster, for a program that is none of them. @throws StartRefusal */
export async function livingNodes(options: Looking): Promise<readonly Lease[]> {
  const { found } = await look(options);
  const leases = found.flatMap(({ lease }) => (typeof lease === 'string' ? [] : [lease]));
  if (leases.length === 0 && found.some(({ lease }) => lease === 'unsigned'))
    throw new StartRefusal('the nodes on this Redis have another secret: give this command their CLUSTER_SECRET');
  return leases.filter(({ over }) => !over);
}
