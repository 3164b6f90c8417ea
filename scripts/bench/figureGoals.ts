import { MOST_PERIODS_KEPT } from '../../server/src/domain/figure/limits.ts';
import type { Filled } from './figureBench.ts';
import type { Beside } from './figureFill.ts';
import type { Reads } from './figureReads.ts';
import type { Staged } from './figureStageCost.ts';
import type { Upkeep } from './figureUpkeep.ts';
import type { Watched } from './figureWatch.ts';

/** FG212 */
const MEASURED_FIGURES = 50;
const MEMORY_MB = 300;

/** Of a part that was not asked for nothing is known. */
export interface Measured {
  readonly watched?: Watched | undefined;
  readonly filled?: Filled | undefined;
  readonly reads?: Reads | undefined;
  readonly upkeep?: Upkeep | undefined;
  readonly beside?: Beside | undefined;
  readonly staged?: Staged | undefined;
}

export interface Goal {
  readonly what: string;
  readonly measured: number;
  /** It is met by this, and by less. */
  readonly goal: number;
  readonly unit: 'ms' | 's' | 'times' | 'MB';
}

/** What figures are to keep to, as far as it was measured. */
export function goalsOf({ watched, filled, reads, beside, staged }: Measured): readonly Goal[] {
  const goals: (Goal | false | undefined)[] = [
    watched && ms('an hour of the country on record, p95', watched.recordMs.p95, 800),
    watched && ms('the same at who watches, p95', watched.tickMs.p95, 2_000),
    watched !== undefined && watched.maps > 0 && ms('the same on open maps, p95', watched.mapMs.p95, 2_000),
    watched && ms('longest pause of the server meanwhile', watched.pauseMs, 100),
    filled && seconds('a million rows', filled, 60),
    filled && times('of COPY of the same rows', filled.ratio, 2.5),
    filled && ms('longest pause of who fills in', filled.blockedMs, 100),
    reads && ms('a start with all figures', reads.startMs, 3_000),
    reads && ms('a map of now, p95', reads.mapMs.p95, 50),
    reads && ms('a map of the past, p95', reads.pastMs.p95, 100),
    reads?.again && ms(`the same where it was sent again ${reads.again.times} times, p95`, reads.again.pastMs.p95, 100),
    reads && {
      ...{ what: `memory of ${MEASURED_FIGURES} figures of which all periods are kept`, unit: 'MB', goal: MEMORY_MB },
      measured: Math.round((MEASURED_FIGURES * MOST_PERIODS_KEPT * reads.periodBytes) / 1e6),
    },
    beside && seconds('a million rows beside a roll-call', beside, 60),
    beside && ms('receipts of that roll-call, p99', beside.beside.p99, 500),
    staged && times('of socket.io alone, to tell a stage', staged.ratio, 2),
  ];
  return goals.filter((goal) => typeof goal === 'object');
}

export const isMet = ({ measured, goal }: Goal): boolean => measured <= goal;

export const sayGoal = (goal: Goal): string =>
  `${isMet(goal) ? 'met   ' : 'MISSED'}  ${goal.what}: ${goal.measured} ${goal.unit} (goal ${goal.goal})`;

const ms = (what: string, measured: number, goal: number): Goal => ({
  ...{ what, measured: Math.round(measured), goal, unit: 'ms' },
});
const times = (what: string, measured: number, goal: number): Goal => ({ what, measured, goal, unit: 'times' });
const seconds = (what: string, of: { readonly rows: number; readonly seconds: number }, goal: number): Goal => ({
  ...{ what, measured: Math.round((of.seconds * 1e7) / of.rows) / 10, goal, unit: 's' },
});
