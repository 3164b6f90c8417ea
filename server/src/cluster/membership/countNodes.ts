import { Gauge, type Registry } from 'prom-client';
import type { Membership } from './Membership.ts';

/** Says by a metric whom this node knows; one without a membership is the only one. */
export function countNodes(registry: Registry, membership: Pick<Membership, 'known' | 'cutOff'> | undefined): void {
  new Gauge({
    name: 'dh_nodes',
    help: 'Nodes that live as far as this one knows, itself among them; 0 while that cannot be known (CL6).',
    registers: [registry],
    collect() {
      const others = membership ? membership.known : [];
      this.set(others ? others.length + 1 : 0);
    },
  });
  new Gauge({
    name: 'dh_nodes_cut_off',
    help: 'Nodes that live, by their beats in PostgreSQL, and that Redis does not show to this one (CL67).',
    registers: [registry],
    collect() {
      this.set(membership?.cutOff.size ?? 0);
    },
  });
}
