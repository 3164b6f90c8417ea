import { Gauge, type Registry } from 'prom-client';
import type { Sfu } from './Sfu.ts';

/** How busy the workers and the viewers' lines are. */
export function sfuMetrics(sfu: Sfu, registry: Registry): void {
  const registers = [registry];
  new Gauge({
    name: 'dh_worker_cpu_seconds',
    help: 'CPU time that each media worker used since it started.',
    labelNames: ['worker'],
    registers,
    async collect() {
      for (const { worker, cpuSeconds } of await sfu.usage()) this.set({ worker }, cpuSeconds);
    },
  });
  new Gauge({
    name: 'dh_worker_peers',
    help: 'Participants on each media worker.',
    labelNames: ['worker'],
    registers,
    async collect() {
      for (const { worker, peers } of await sfu.usage()) this.set({ worker }, peers);
    },
  });
  new Gauge({
    name: 'dh_lines',
    help: 'Viewers by what their line carries; watched ones are looked at every second.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of Object.entries(sfu.lines())) this.set({ state }, count);
    },
  });
}
