import type { JobHandler } from '../Jobs.ts';
import type { figurePull } from './figurePull.ts';

/** A source that is due, and of which Redis has lost the job, is found so often; so is one that is listed at another node alone. */
export const PULL_SWEEP_MS = 10_000;

/** Wakes and does not wait: a source answers more slowly than the acts that share the workers with it. */
export const handleFigurePull =
  (pulls: { look(): Promise<void> }): JobHandler<typeof figurePull> =>
  () =>
    pulls.look();
