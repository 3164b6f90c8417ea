import { Counter, type Registry } from 'prom-client';
import type { Logger } from '../../observability/logger.ts';
import type { Sfu } from './Sfu.ts';

/** Tells operators when a worker dies, and whether another took its place. */
export function logWorkerDeaths(sfu: Sfu, logger: Logger, registry: Registry): void {
  const deaths = new Counter({
    name: 'dh_worker_deaths_total',
    help: 'Media workers that died.',
    registers: [registry],
  });
  sfu.on('workerDied', ({ worker, peers }) => {
    deaths.inc();
    logger.error({ worker, peers: peers.length }, 'a media worker died');
  });
  sfu.on('workerReplaced', ({ worker }) => logger.info({ worker }, 'another media worker took its place'));
  sfu.on('workerFailed', ({ worker, error: err }) => logger.error({ worker, err }, 'no media worker could be started'));
}
