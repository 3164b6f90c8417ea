import type { ReportMaker } from '../../domain/report/ReportMaker.ts';
import type { JobHandler } from '../Jobs.ts';
import type { report } from './report.ts';

/** A report that nobody makes is found so often, whatever Redis has lost. */
export const REPORT_SWEEP_MS = 10_000;

/** Wakes and does not wait: a report takes longer than the acts that share the workers with it. */
export const handleReport =
  (maker: Pick<ReportMaker, 'wake'>): JobHandler<typeof report> =>
  async () =>
    maker.wake();
