import { Counter, Gauge, type Registry } from 'prom-client';
import type { Logger } from '../../observability/logger.ts';
import type { Sfu } from './Sfu.ts';

/**
 * Tells operators how the workers are: in the log when one dies, in the metrics how busy they and the viewers' lines
 * are.
 */
export function sfuMetrics(sfu: Sfu, logger: Logger, registry: Registry): void {
  const registers = [registry];
  const deaths = new Counter({ name: 'dh_worker_deaths_total', help: 'Media workers that died.', registers });
  sfu.on('workerDied', ({ worker, peers }) => {
    deaths.inc();
    logger.error({ worker, peers: peers.length }, 'a media worker died');
  });
  sfu.on('workerReplaced', ({ worker }) => logger.info({ worker }, 'another media worker took its place'));
  sfu.on('workerFailed', ({ worker, error: err }) => logger.error({ worker, err }, 'no media worker could be started'));

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
