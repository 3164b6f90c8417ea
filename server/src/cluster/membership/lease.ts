import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import { type BusKeys, MAC_LENGTH } from '../bus/BusKeys.ts';
import { aboutSchema } from './about.ts';

/** CL4: a node that has not renewed its lease for so long is not living. */
export const LEASE_MS = 3_000;

/** CL4: what a node says of itself in Redis, each second. */
export const leaseSchema = z.object({
  node: z.string().min(1).max(200),
  boot: uuidSchema,
  /** Which form of messages it speaks. */
  bus: z.int().positive(),
  /** The newest migration that it knows. */
  schema: z.string().max(200),
  /** Marks of the keys that it believes, its own first. */
  accepts: z.array(z.string().max(100)).max(2),
  /** Milliseconds of PostgreSQL's clock, when it was renewed. */
  at: z.number(),
  /** It ends: nobody is at this node any more. */
  over: z.boolean(),
  /** PL1; left out by versions that do not know it, and nobody is turned away for what cannot be read of it. */
  about: aboutSchema.optional().catch(undefined),
});
export type Lease = z.output<typeof leaseSchema>;

/** The list of boots, scored by the time of their last renewal. */
export const NODES_KEY = 'dh:nodes';
export const leaseKey = (boot: string): string => `dh:node:${boot}`;

export function writeLease(keys: BusKeys, lease: Lease): string {
  const text = JSON.stringify(lease);
  return keys.sign(leaseKey(lease.boot), text) + text;
}

/** Nothing of it is read before its signature was found right. @returns why it is none, or the lease */
export function readLease(keys: BusKeys, boot: string, signed: string): Lease | 'unsigned' | 'misshapen' {
  const text = signed.slice(MAC_LENGTH);
  if (!keys.isSigned(leaseKey(boot), text, signed.slice(0, MAC_LENGTH))) return 'unsigned';
  try {
    const lease = leaseSchema.parse(JSON.parse(text));
    return lease.boot === boot ? lease : 'misshapen';
  } catch {
    return 'misshapen';
  }
}
