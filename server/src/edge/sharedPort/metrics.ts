import { Gauge, type Registry } from 'prom-client';
import type { SharedPort } from './SharedPort.ts';

/**
 * How connections to each port ended up, for the metrics: a rise of `slow`, `garbage`, `unknown`, `unproven`, `crowded` or `full` is
 * somebody knocking.
 * @param ports by what they are for
 */
export function sharedPortMetrics(ports: Readonly<Record<string, SharedPort>>, registry: Registry): void {
  new Gauge({
    name: 'dh_port_connections',
    help: 'TCP connections since the start, by port and by what came of them.',
    labelNames: ['port', 'outcome'],
    registers: [registry],
    collect() {
      for (const [port, { counts, crowd }] of Object.entries(ports))
        for (const [outcome, count] of Object.entries({ ...counts, ...crowd })) this.set({ port, outcome }, count);
    },
  });
  new Gauge({
    name: 'dh_port_media_open',
    help: 'Connections by which media is carried over TCP now.',
    labelNames: ['port'],
    registers: [registry],
    collect() {
      for (const [port, { splices }] of Object.entries(ports)) if (splices) this.set({ port }, splices.open);
    },
  });
  new Gauge({
    name: 'dh_port_media_cut',
    help: 'Connections of media that were cut since the start, by why: the client said nothing, took nothing, or had too many.',
    labelNames: ['port', 'why'],
    registers: [registry],
    collect() {
      for (const [port, { splices }] of Object.entries(ports))
        for (const [why, count] of Object.entries(splices?.counts ?? {})) this.set({ port, why }, count);
    },
  });
}
