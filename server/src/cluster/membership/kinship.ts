import type { Lease } from './lease.ts';
import type { Found } from './look.ts';

/** CL5: why a node may not join those that are there, as one sentence that says what to do; undefined: it may. */
export function estrangement(
  found: readonly Found[],
  own: Pick<Lease, 'bus' | 'schema' | 'accepts'>,
): string | undefined {
  for (const { lease: other } of found) {
    if (other === 'unsigned')
      return 'a node on this Redis has another secret: give all nodes of a cluster the same CLUSTER_SECRET, or this one another Redis';
    if (other === 'misshapen' || other.bus !== own.bus)
      return `${other === 'misshapen' ? 'a node' : `node ${other.node}`} of this cluster is of a version that speaks in another way: stop it first, or install the same version here`;
    const [signs = ''] = own.accepts;
    if (!other.accepts.includes(signs))
      return `node ${other.node} of this cluster does not accept the secret that this node signs with: name it there first, as the second of CLUSTER_SECRET`;
    if (other.schema !== own.schema)
      return `node ${other.node} of this cluster works with another schema of the database (${other.schema}, here ${own.schema}): stop it first, or install the same version here`;
  }
  return undefined;
}
