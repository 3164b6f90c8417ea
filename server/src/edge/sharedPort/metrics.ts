import { Gauge, type Registry } from 'prom-client';
import type { SharedPort } from './SharedPort.ts';

/** How connections to the port ended up, for the metrics: a rise of `slow` or `garbage` is somebody knocking. */
export function sharedPortMetrics(port: SharedPort, registry: Registry): void {
  new Gauge({
    name: 'dh_port_connections',
    help: 'TCP connections since the start, by what came of them.',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      for (const [outcome, count] of Object.entries(port.counts)) this.set({ outcome }, count);
    },
  });
}
