import type { Config } from '../config.ts';
import type { Closer } from '../lib/Closer.ts';
import type { Health } from '../observability/health.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';

/** What everything that is composed may use, whatever it needs beside it. */
export interface Base {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  /** For what a hub acquires; slices hand in what is to be closed with their part. */
  readonly closer: Closer;
}
