import { atOnce, type Slices, sliced } from '../../lib/slices.ts';
import type { FigureRow, RowError } from '../../protocol/figureBatch.ts';
import type { Every, FigureSource, Indicator } from '../../protocol/figureDefinition.ts';
import { decimalOf, stepsOf } from '../../protocol/figureValue.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import { isBelow, liesIn } from '../shared/territory.ts';
import { archivedIn } from './archive/months.ts';
import { atHeader } from './atHeader.ts';
import { cellMap } from './cellMap.ts';
import type { Observation } from './facts.ts';
import { FIGURES_AHEAD_MS } from './limits.ts';
import { momentIn, momentOf, periodOf } from './periods.ts';
import { sayClosed, sayOf, sayOther, saySeveral, sayValue } from './rowWords.ts';
import { closedFault, type DatedUnit, isOfToday, meantTheSame, type UnitTerms } from './unitTerms.ts';

/** The tree of today, as far as rows ask it. */
export interface FigureTree {
  find(code: UnitCode): DatedUnit | undefined;
  isBase(code: UnitCode): boolean;
  /** All units of a name, in path order. */
  named(name: string): readonly (DatedUnit & { readonly code: UnitCode })[];
}

export interface IntakeGround {
  readonly source: FigureSource;
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly tree: FigureTree;
  /** Codes that are no unit today, and once were, with those of today that took their place, as far as that is known. */
  readonly closed: ReadonlyMap<UnitCode, readonly UnitCode[]>;
  /**
   * Versions of the closed units, and of the living ones of which rows are older than their present version (FG167). Left out where
   * units speak of themselves, and so mean what they are today.
   */
  readonly terms?: UnitTerms;
  /** FG36: months of which the rows have left, by `keyOf`; none where only open periods are asked for. */
  readonly archived?: ReadonlySet<string>;
  /** PostgreSQL's clock, milliseconds since 1970. */
  readonly now: number;
}

/** A row that is in order, at its cell. */
export interface CellRow
  extends Pick<Observation, 'indicator' | 'period' | 'unit' | 'value' | 'status' | 'seen'>,
    Pick<FigureRow, 'row' | 'header'> {}

export interface PlacedRows {
  /** One for each cell, in the order of the file. */
  readonly placed: readonly CellRow[];
  readonly errors: readonly RowError[];
  /** Rows that say once more what another says. */
  readonly doubles: number;
}

/** FG2, FG22, FG33, FG37: what each row says of which cell, or why it says nothing. Pure. */
export const placeRows = (rows: readonly FigureRow[], ground: IntakeGround): PlacedRows =>
  atOnce(placingRows(rows, ground));

/** The same of a batch, whose rows take a while. */
export function* placingRows(rows: readonly FigureRow[], ground: IntakeGround): Slices<PlacedRows> {
  const placeRow = placing(ground);
  const cells = cellMap<CellRow>();
  const firsts: CellRow[] = [];
  const again = new Map<CellRow, CellRow[]>();
  const errors: RowError[] = [];
  yield* sliced(rows, (row) => {
    const placed = placeRow(row);
    if ('reason' in placed) {
      errors.push(placed);
      return;
    }
    const first = cells.get(placed);
    if (!first) {
      cells.set(placed, placed);
      firsts.push(placed);
    } else {
      const others = again.get(first);
      if (others) others.push(placed);
      else again.set(first, [placed]);
    }
  });
  let doubles = 0;
  const contradicted = new Set<CellRow>();
  for (const [first, others] of again) {
    if (others.every(({ value, status }) => value === first.value && status === first.status)) {
      doubles += others.length;
      continue;
    }
    contradicted.add(first);
    const scale = ground.indicators.get(first.indicator)?.scale ?? 0;
    for (const said of [first, ...others]) {
      const text = said.value === null ? '' : decimalOf(said.value, scale);
      errors.push(refused(said, 'contradiction', 'value', text));
    }
  }
  const placed = contradicted.size === 0 ? firsts : firsts.filter((row) => !contradicted.has(row));
  return { placed, errors: errors.sort((a, b) => a.row - b.row), doubles };
}

/** What rows of one batch have in common is found out once. */
function placing({
  source,
  indicators,
  tree,
  closed,
  terms,
  archived = new Set(),
  now,
}: IntakeGround): (row: FigureRow) => CellRow | RowError {
  const root = tree.find(source.root)?.path;
  const isOutside = (path: UnitPath) => root === undefined || (path !== root && !isBelow(path, root));
  /** FG22: of units without units below it, unless the source gives the value of each tier itself. */
  const rootsOf = reporting(tree, closed);
  const isReporting = (indicator: Indicator, path: UnitPath) => {
    const roots = rootsOf(indicator);
    return roots === undefined || liesIn(path, roots);
  };
  const unitFault = (code: string, indicator: Indicator): RowError['reason'] | undefined => {
    const unit = tree.find(code);
    if (!unit) return closed.has(code) ? undefined : 'unknown-unit';
    if (isOutside(unit.path)) return 'outside-territory';
    if (indicator.up !== 'none' && !tree.isBase(code)) return 'unknown-unit';
    return isReporting(indicator, unit.path) ? undefined : 'not-reporting';
  };
  const named = namedUnits(tree, closed, isOutside);
  const heirsOf = (code: string) =>
    (closed.get(code) ?? []).flatMap((heir) => {
      const unit = tree.find(heir);
      return unit ? [{ code: heir, name: unit.name }] : [];
    });
  const closedGround = {
    ...{ terms: terms ?? new Map(), root: source.root, rootPath: root, reportersOf: rootsOf },
    heirsOf: (code: string) => (closed.get(code) ?? []).flatMap((heir) => tree.find(heir)?.path ?? []),
  };
  /** Of a unit that was closed, or whose code may have meant another one. */
  const faultThen = (code: string, indicator: Indicator, period: number): RowError['reason'] | undefined => {
    const unit = tree.find(code);
    if (!unit) return closedFault(code, indicator, period, closedGround);
    if (!terms || isOfToday(unit, indicator.every, period)) return undefined;
    return meantTheSame(unit, terms.get(code) ?? [], indicator.every, period) ? undefined : 'other-unit';
  };
  const starts = startsOfPeriods();
  const isArchived = archivedIn(archived);
  return (row) => {
    const no = (reason: RowError['reason'], column: NonNullable<RowError['column']>): RowError =>
      refused(row, reason, column, `${row[column] ?? ''}`);
    const indicator = indicators.get(row.indicator);
    if (!indicator) return no('unknown-indicator', 'indicator');
    const isMine = source.indicators.includes(indicator.code) && source.simulated === indicator.simulated;
    if (!isMine || indicator.up === 'ratio') return no('not-yours', 'indicator');
    const meant = named(row.unit, indicator);
    if (meant.length > 1) return { ...no('several-units', 'unit'), say: saySeveral(meant) };
    const unit = meant[0]?.code ?? row.unit;
    const wrongUnit = unitFault(unit, indicator);
    if (wrongUnit) return no(wrongUnit, 'unit');
    const period = starts(indicator.every, row.period);
    const seen = row.seen === undefined ? null : momentOf(row.seen);
    if (period === undefined || seen === undefined) return no('bad-period', 'period');
    if (period > now + FIGURES_AHEAD_MS) return no('future', 'period');
    const wrongThen = faultThen(unit, indicator, period);
    if (wrongThen === 'closed-unit') return { ...no(wrongThen, 'unit'), say: sayClosed(heirsOf(row.unit)) };
    if (wrongThen === 'other-unit') return { ...no(wrongThen, 'unit'), say: sayOther(tree.find(unit)) };
    if (wrongThen) return no(wrongThen, 'unit');
    if (isArchived(indicator.every, period)) return no('archived', 'period');
    const isNone = row.value === null;
    if (row.status !== undefined && (row.status === 'O') !== isNone) return no('bad-value', 'status');
    const value = row.value === null ? null : stepsOf(row.value, indicator.scale);
    if (value === undefined || (value !== null && isBeyond(indicator, value)))
      return { ...no('bad-value', 'value'), say: sayValue(row.value ?? '', indicator) };
    const status = row.status ?? (isNone ? 'O' : 'A');
    const cell = { row: row.row, indicator: indicator.code, period, unit, value, status, seen };
    return row.header === undefined ? cell : { ...cell, header: row.header };
  };
}

interface NamedUnit {
  readonly code: UnitCode;
  readonly name: string;
  /** Name of the unit above it. */
  readonly above: string;
}

/** Finds the unit by its name, among the units of the source's territory that may report. (FG150) */
function namedUnits(
  tree: FigureTree,
  closed: IntakeGround['closed'],
  isOutside: (path: UnitPath) => boolean,
): (text: string, indicator: Pick<Indicator, 'up'>) => readonly NamedUnit[] {
  const known = new Map<string, readonly NamedUnit[]>();
  const find = (text: string, isAny: boolean): readonly NamedUnit[] =>
    tree
      .named(text)
      .filter(({ code, path }) => !isOutside(path) && (isAny || tree.isBase(code)))
      .map(({ code, path, name }) => ({ code, name, above: tree.find(path.split('.').at(-2) ?? '')?.name ?? '' }));
  return (text, { up }) => {
    if (tree.find(text) || closed.has(text)) return [];
    const key = `${up === 'none'} ${text}`;
    const before = known.get(key);
    if (before) return before;
    const found = find(text, up === 'none');
    known.set(key, found);
    return found;
  };
}

/** FG90: territories of today that are listed, or took the place of one that is. @returns undefined: all units report it */
function reporting(
  tree: FigureTree,
  closed: IntakeGround['closed'],
): (indicator: Indicator) => ReadonlySet<UnitPath> | undefined {
  const known = new Map<string, ReadonlySet<UnitPath>>();
  return ({ code, reporters }) => {
    if (reporters === undefined) return undefined;
    const before = known.get(code);
    if (before) return before;
    const today = reporters.flatMap((listed) => (tree.find(listed) ? [listed] : (closed.get(listed) ?? [])));
    const roots = new Set(today.flatMap((unit) => tree.find(unit)?.path ?? []));
    known.set(code, roots);
    return roots;
  };
}

/** FG37: thousands of rows name the same period. @returns undefined: it is none */
export function startsOfPeriods(): (every: Every, text: string) => number | undefined {
  const known = new Map<Every, Map<string, number | undefined>>();
  return (every, text) => {
    const starts = known.get(every) ?? new Map<string, number | undefined>();
    known.set(every, starts);
    if (!starts.has(text)) {
      const moment = momentIn(every, text);
      starts.set(text, moment === undefined ? undefined : periodOf(every, moment));
    }
    return starts.get(text);
  };
}

const isBeyond = ({ bounds }: Indicator, value: number): boolean =>
  bounds !== undefined && (value < bounds.hard[0] || value > bounds.hard[1]);

const refused = (
  row: Pick<FigureRow, 'row' | 'header'>,
  reason: RowError['reason'],
  column: NonNullable<RowError['column']>,
  value: string,
): RowError => atHeader({ row: row.row, column, value, reason, say: sayOf(reason) }, row);
