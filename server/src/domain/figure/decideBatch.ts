import { atOnce, type Slices, sliced } from '../../lib/slices.ts';
import type { BatchAnswer, BatchAsk, RowError } from '../../protocol/figureBatch.ts';
import type { Indicator, SourceKind } from '../../protocol/figureDefinition.ts';
import type { HeldFor } from '../../protocol/figureDoubt.ts';
import { MOST_BATCH_ERRORS } from '../../protocol/limits.ts';
import type { UnitCode } from '../../protocol/organisation.ts';
import { atHeader } from './atHeader.ts';
import { type ComparedCells, doubting } from './doubting.ts';
import { doubtWords } from './doubtWords.ts';
import type { Observation } from './facts.ts';
import { isPastDue } from './form/openPeriods.ts';
import { type FigureDoubt, type FirstWord, isAllSuspicious, isHalfGone, isMostEnded } from './holds.ts';
import type { CellRow, PlacedRows } from './placeRows.ts';
import type { BatchToTake } from './ports.ts';
import { sayOf } from './rowWords.ts';

/** The source's own newest revision of a cell. */
export interface OwnNewest extends Pick<Observation, 'revision' | 'value' | 'status' | 'held'> {
  /** FG14: it was held, and has been released or rejected since. */
  readonly isDecided: boolean;
}

/** What is on record of the cells of a batch, read under the lock. */
export interface StandingCells extends ComparedCells {
  newest(row: CellRow): OwnNewest | undefined;
  /** FG15: of the source, by the newest periods of an indicator. */
  firstWords(indicator: string): readonly FirstWord[];
  /**
   * FG144: units of which a value counts now in a period, and whether it is of the source of the batch; undefined: the batch ends
   * few of them, and it was not looked up.
   */
  countsNow(indicator: string, period: number): ReadonlyMap<UnitCode, boolean> | undefined;
}

/** To be written, without its batch and source. */
export type FreshRow = Omit<Observation, 'batch' | 'source'>;

/** Why a value is held. */
export interface DoubtedCell extends FigureDoubt, Pick<Observation, 'indicator' | 'period' | 'unit'> {}

export interface BatchDecision {
  readonly fresh: readonly FreshRow[];
  readonly doubted: readonly DoubtedCell[];
  /** FG15: why all of it is held. */
  readonly whole: 'many' | 'gone' | undefined;
  /** FG15: of how many units it speaks, by indicator and period. */
  readonly words: readonly WordOfBatch[];
  /** Its N and its seal come from the store. */
  readonly answer: Omit<BatchAnswer, 'n' | 'seal'>;
}

export interface WordOfBatch {
  readonly indicator: string;
  readonly period: number;
  readonly units: number;
}

interface How extends Pick<BatchAsk, 'mode' | 'dryRun' | 'reason'>, Pick<BatchToTake, 'held'> {
  /** FG70: how it came; undefined: from the machine itself. */
  readonly by?: SourceKind | undefined;
  /** FG74: it is only looked at, so nobody has been asked for a reason. */
  readonly plans?: boolean;
  /** PostgreSQL's clock, milliseconds since 1970. */
  readonly now: number;
}

interface Changed {
  readonly row: CellRow;
  readonly revision: number;
  readonly doubt: FigureDoubt | undefined;
  readonly isDoubted: boolean;
}

/**
 * FG5, FG7, FG14, FG15, FG18: which rows are recorded, which of them are held, and what is answered. FG60: of numbers that
 * were asked for all good rows, and held is what was held when it was said (FG31), since the others somebody has looked at.
 * Pure.
 */
export const decideBatch = (...of: Parameters<typeof decidingBatch>): BatchDecision => atOnce(decidingBatch(...of));

/** The same of a batch, whose rows take a while. */
export function* decidingBatch(
  rows: PlacedRows & { readonly total: number },
  how: How,
  indicators: ReadonlyMap<string, Indicator>,
  standing: StandingCells,
): Slices<BatchDecision> {
  const { mode, dryRun, by, held: saidHeld } = how;
  const { total } = rows;
  const isAsked = by === 'asked';
  const { placed, unexplained } = isAsked
    ? { placed: rows.placed, unexplained: [] }
    : yield* explained(rows, how, indicators, standing);
  const refused =
    unexplained.length === 0 ? rows.errors : [...rows.errors, ...unexplained].sort((a, b) => a.row - b.row);
  // What is tried is not kept, so all of it can be told.
  const errors = dryRun ? [...refused] : refused.slice(0, MOST_BATCH_ERRORS);
  const bad = refused.length;
  if (mode === 'whole' ? bad > 0 : !isAsked && bad * 2 > total)
    return {
      ...{ fresh: [], doubted: [], whole: undefined, words: [] },
      answer: { accepted: 0, unchanged: 0, held: 0, refused: total, errors, dryRun },
    };
  const doubt = isAsked ? undefined : yield* doubting(placed, indicators, standing);
  const changed: Changed[] = [];
  yield;
  yield* sliced(placed, (row) => {
    const newest = standing.newest(row);
    const wasHeld = saidHeld?.has(row.unit) === true;
    const isSaidAgain = isAsked && newest?.held === true && !wasHeld;
    if (isSame(row, newest) && !isSaidAgain) return;
    const why = doubt?.(row);
    const isDoubted = isAsked ? wasHeld && row.value !== null : why !== undefined;
    changed.push({ row, revision: (newest?.revision ?? 0) + 1, doubt: why, isDoubted });
  });
  const words = yield* wordsOf(placed);
  const suspects = changed.filter(({ isDoubted }) => isDoubted).length;
  const isGone =
    (by === 'push' || by === 'pull') &&
    (words.some((word) => isHalfGone(word, standing.firstWords(word.indicator))) || endsMost(changed, words, standing));
  const whole =
    isAsked || changed.length === 0
      ? undefined
      : isAllSuspicious(suspects, total)
        ? 'many'
        : isGone
          ? 'gone'
          : undefined;
  const fresh: FreshRow[] = [];
  yield* sliced(changed, ({ row: { indicator, period, unit, value, status, seen }, revision, isDoubted }) => {
    fresh.push({ indicator, period, unit, value, status, seen, revision, held: whole !== undefined || isDoubted });
  });
  const doubted: DoubtedCell[] = [];
  yield* sliced(changed, ({ row: { indicator, period, unit }, doubt: why }) => {
    if (why) doubted.push({ ...why, indicator, period, unit });
  });
  const unchanged = placed.length - changed.length + rows.doubles;
  const held = whole ? fresh.length : suspects;
  const doubts = yield* heldFor(changed, whole);
  return {
    ...{ fresh, doubted, whole, words },
    answer: {
      ...{
        accepted: fresh.length,
        unchanged,
        held,
        ...(doubts.length > 0 && { doubts }),
        refused: bad,
        errors,
        dryRun,
      },
    },
  };
}

/** FG144 */
function endsMost(
  changed: readonly Changed[],
  words: readonly WordOfBatch[],
  { countsNow }: Pick<StandingCells, 'countsNow'>,
): boolean {
  return words.some(({ indicator, period }) => {
    const counts = countsNow(indicator, period);
    const isIt = ({ row }: Changed) => row.indicator === indicator && row.period === period && row.value === null;
    return (
      counts !== undefined &&
      isMostEnded(
        changed.filter(isIt).map(({ row }) => row.unit),
        counts,
      )
    );
  });
}

const isSame = (row: CellRow, newest: Pick<Observation, 'value' | 'status'> | undefined): boolean =>
  newest !== undefined && newest.value === row.value && newest.status === row.status;

/** FG18: whether a row says otherwise what its source has said, after that was due. */
export function corrects(
  row: CellRow,
  indicators: ReadonlyMap<string, Indicator>,
  { newest }: Pick<StandingCells, 'newest'>,
  now: number,
): boolean {
  const before = newest(row);
  const indicator = indicators.get(row.indicator);
  return (
    before !== undefined && indicator !== undefined && !isSame(row, before) && isPastDue(indicator, row.period, now)
  );
}

/** FG18: what is corrected without a reason is refused. What the machine itself reads in was looked at by its operator. */
function* explained(
  { placed }: PlacedRows,
  { by, reason, plans, now }: How,
  indicators: ReadonlyMap<string, Indicator>,
  standing: StandingCells,
): Slices<{ readonly placed: readonly CellRow[]; readonly unexplained: readonly RowError[] }> {
  if (reason !== undefined || plans || by === undefined) return { placed, unexplained: [] };
  const wanting = new Set<CellRow>();
  yield* sliced(placed, (row) => {
    if (corrects(row, indicators, standing, now)) wanting.add(row);
  });
  if (wanting.size === 0) return { placed, unexplained: [] };
  const say = sayOf('no-reason');
  return {
    placed: placed.filter((row) => !wanting.has(row)),
    unexplained: [...wanting].map((of) =>
      atHeader({ row: of.row, column: 'value' as const, reason: 'no-reason' as const, say }, of),
    ),
  };
}

/** FG14, FG15: by reason, in the order of their first rows. */
function* heldFor(changed: readonly Changed[], whole: BatchDecision['whole']): Slices<HeldFor[]> {
  const told = new Map<HeldFor['reason'], HeldFor>();
  yield* sliced(changed, ({ row: { row }, doubt }) => {
    const reason = doubt?.reason ?? whole;
    if (!reason) return;
    const before = told.get(reason);
    const first = Math.min(row, before?.first ?? row);
    told.set(reason, { reason, rows: (before?.rows ?? 0) + 1, first, say: doubtWords(reason) });
  });
  return [...told.values()].sort((a, b) => a.first - b.first);
}

function* wordsOf(placed: readonly CellRow[]): Slices<WordOfBatch[]> {
  const counts = new Map<string, Map<number, number>>();
  yield* sliced(placed, ({ indicator, period }) => {
    const periods = counts.get(indicator) ?? new Map<number, number>();
    counts.set(indicator, periods.set(period, (periods.get(period) ?? 0) + 1));
  });
  return [...counts].flatMap(([indicator, periods]) =>
    [...periods].map(([period, units]) => ({ indicator, period, units })),
  );
}
