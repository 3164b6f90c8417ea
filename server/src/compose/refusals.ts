import { join } from 'node:path';
import { every } from '../lib/every.ts';
import { RefusalLog } from '../observability/RefusalLog.ts';
import { SecurityEvents } from '../observability/SecurityEvents.ts';
import type { Base } from './Base.ts';

const WRITE_EVERY_MS = 1_000;
const TELL_EVERY_MS = 60_000;
const SWEEP_EVERY_MS = 3_600_000;

/** HT17, HT18: who was refused what, and security events with whole addresses. */
export async function composeRefusals({ config, logger, metrics, closer }: Base) {
  const folder = join(config.DATA_DIR, 'security');
  const security = await SecurityEvents.create({ folder, days: config.LOG_DAYS, logger });
  const refusals = new RefusalLog({ logger, security, registry: metrics.registry });
  const failed = (err: unknown) => logger.warn({ err }, 'looking after security events failed');
  closer.own('security events', security);
  closer.defer('refusals', () => refusals.tell());
  const timers = [
    every(WRITE_EVERY_MS, () => security.write(), failed),
    every(TELL_EVERY_MS, () => refusals.tell(), failed),
    every(SWEEP_EVERY_MS, () => security.sweep(), failed),
  ];
  for (const timer of timers) closer.own('timers of refusals', timer);
  return { refusals, security };
}
