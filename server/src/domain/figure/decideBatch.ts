import type { BatchAnswer, BatchAsk } from '../../protocol/figureBatch.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import { MOST_BATCH_ERRORS } from '../../protocol/limits.ts';
import type { Observation } from './facts.ts';
import { isAllSuspicious, isSuspicious } from './holds.ts';
import type { CellRow, PlacedRows } from './placeRows.ts';
import type { BatchToTake } from './ports.ts';

/** The source's own newest revision of a cell. */
export interface OwnNewest extends Pick<Observation, 'revision' | 'value' | 'status' | 'held'> {
  /** FG14: it was held, and has been released or rejected since. */
  readonly isDecided: boolean;
}

/** What is on record of the cells of a batch, read under the lock. */
export interface StandingCells {
  newest(row: CellRow): OwnNewest | undefined;
  /** FG14: the value that counts in the nearest period before. */
  former(row: CellRow): number | undefined;
}

export interface BatchDecision {
  /** To be written, without their batch and source. */
  readonly fresh: readonly Omit<Observation, 'batch' | 'source'>[];
  /** Its N and its seal come from the store. */
  readonly answer: Omit<BatchAnswer, 'n' | 'seal'>;
}

/**
 * FG5, FG7, FG14, FG15: which rows are recorded, which of them are held, and what is answered. FG60: of numbers that were
 * asked for all good rows, and held is what was held when it was said (FG31), since the others somebody has looked at. Pure.
 */
export function decideBatch(
  rows: PlacedRows & { readonly total: number },
  { mode, dryRun, kind, held: doubted }: Pick<BatchAsk, 'mode' | 'dryRun'> & Pick<BatchToTake, 'kind' | 'held'>,
  indicators: ReadonlyMap<string, Indicator>,
  standing: StandingCells,
): BatchDecision {
  const { placed, total } = rows;
  // What is tried is not kept, so all of it can be told.
  const errors = dryRun ? [...rows.errors] : rows.errors.slice(0, MOST_BATCH_ERRORS);
  const bad = rows.errors.length;
  const isAsked = kind === 'asked';
  if (mode === 'whole' ? bad > 0 : !isAsked && bad * 2 > total)
    return {
      fresh: [],
      answer: { accepted: 0, unchanged: 0, held: 0, refused: total, errors, dryRun },
    };
  const formers = formersIn(placed.filter(({ indicator }) => indicators.get(indicator)?.kind === 'cumulative'));
  const changed: { readonly row: CellRow; readonly revision: number; readonly suspicious: boolean }[] = [];
  let suspects = 0;
  for (const row of placed) {
    const newest = standing.newest(row);
    const isDoubted = doubted?.has(row.unit) === true;
    const isSaidAgain = isAsked && newest?.held === true && !isDoubted;
    if (isSame(row, newest) && !isSaidAgain) continue;
    const indicator = indicators.get(row.indicator);
    const former = indicator?.kind === 'cumulative' ? (formers(row) ?? standing.former(row)) : undefined;
    const suspicious =
      indicator !== undefined &&
      row.value !== null &&
      (isAsked ? isDoubted : isSuspicious(indicator, row.value, former));
    if (suspicious) suspects += 1;
    changed.push({ row, revision: (newest?.revision ?? 0) + 1, suspicious });
  }
  const all = !isAsked && isAllSuspicious(suspects, total);
  const fresh = changed.map(({ row: { indicator, period, unit, value, status, seen }, revision, suspicious }) => ({
    ...{ indicator, period, unit, value, status, seen, revision, held: all || suspicious },
  }));
  const unchanged = placed.length - changed.length + rows.doubles;
  const held = all ? fresh.length : suspects;
  return { fresh, answer: { accepted: fresh.length, unchanged, held, refused: bad, errors, dryRun } };
}

const isSame = (row: CellRow, newest: Pick<Observation, 'value' | 'status'> | undefined): boolean =>
  newest !== undefined && newest.value === row.value && newest.status === row.status;

/** Values of earlier periods that come in the same batch. */
function formersIn(placed: readonly CellRow[]): (row: CellRow) => number | undefined {
  const byUnit = new Map<string, CellRow[]>();
  const key = ({ indicator, unit }: CellRow) => `${indicator} ${unit}`;
  for (const row of placed.toSorted((a, b) => a.period - b.period)) {
    const rows = byUnit.get(key(row));
    if (rows) rows.push(row);
    else byUnit.set(key(row), [row]);
  }
  return (row) =>
    byUnit.get(key(row))?.findLast(({ period, value }) => period < row.period && value !== null)?.value ?? undefined;
}
