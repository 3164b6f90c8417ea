import { Gauge, type Registry } from 'prom-client';
import type { SharedPort } from './SharedPort.ts';

/**
 * How connections to each port ended up, for the metrics: a rise of `slow` or `garbage` is somebody knocking.
 * @param ports by what they are for
 */
export function sharedPortMetrics(ports: Readonly<Record<string, SharedPort>>, registry: Registry): void {
  new Gauge({
    name: 'dh_port_connections',
    help: 'TCP connections since the start, by port and by what came of them.',
    labelNames: ['port', 'outcome'],
    registers: [registry],
    collect() {
      for (const [port, { counts }] of Object.entries(ports))
        for (const [outcome, count] of Object.entries(counts)) this.set({ port, outcome }, count);
    },
  });
}
