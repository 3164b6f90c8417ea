import type { Every, Indicator } from '../../protocol/figureDefinition.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import { isBelow, liesIn } from '../shared/territory.ts';
import { momentOf, periodEnd } from './periods.ts';

/** What a code stood for from one day to another, as the roster has it. Moments are milliseconds since 1970. */
export interface UnitTerm {
  readonly from: number;
  /** Null: it goes on. */
  readonly until: number | null;
  readonly name: string;
  readonly path: UnitPath;
  /** No unit stood below it in that time. */
  readonly isBase: boolean;
}

export type UnitTerms = ReadonlyMap<UnitCode, readonly UnitTerm[]>;

/** A unit of today. */
export interface DatedUnit {
  readonly path: UnitPath;
  readonly name: string;
  /** Day of Viet Nam on which its present version begins; left out where nobody knows. */
  readonly validFrom?: string;
}

/**
 * Whether the present version of a living unit reaches into a period. So it does into what comes once, which is of no day; and the
 * root of the tree is never another institution. (FG167)
 */
export function isOfToday({ path, validFrom }: DatedUnit, every: Every, period: number): boolean {
  if (every === 'once' || validFrom === undefined || !path.includes('.')) return true;
  return periodEnd(every, period) > (momentOf(validFrom) ?? 0);
}

/** Whether the newest version that reaches into a period, of those on the roster, has the name of today. (FG167) */
export function meantTheSame({ name }: DatedUnit, terms: readonly UnitTerm[], every: Every, period: number): boolean {
  const end = periodEnd(every, period);
  const then = terms.filter(({ from, until }) => from < end && (until === null || period < until));
  return then.toSorted((a, b) => b.from - a.from)[0]?.name === name;
}

/** Version of a closed unit on the first day of a period: undefined if it was closed by then, or nothing is known of that day. */
export const termOn = (terms: readonly UnitTerm[], period: number): UnitTerm | undefined =>
  terms.find(({ from, until }) => from <= period && (until === null || period < until));

/** What rows of closed units are checked against. */
export interface ClosedGround {
  readonly terms: UnitTerms;
  /** Root of the source's territory. */
  readonly root: UnitCode;
  /** Paths of the units of today that took the place of a closed one. */
  heirsOf(code: UnitCode): readonly UnitPath[];
  readonly rootPath: UnitPath | undefined;
  /** Paths of today of the territories that report an indicator; undefined: all report it. */
  reportersOf(indicator: Indicator): ReadonlySet<UnitPath> | undefined;
}

/** Why a row of a closed unit is refused, or undefined: it is taken at the code of that day. (FG168) */
export function closedFault(
  code: UnitCode,
  indicator: Indicator,
  period: number,
  ground: ClosedGround,
): 'closed-unit' | 'other-unit' | 'outside-territory' | 'unknown-unit' | 'not-reporting' | undefined {
  const terms = ground.terms.get(code) ?? [];
  const then = termOn(terms, period);
  if (indicator.every === 'once' || terms.length === 0) return 'closed-unit';
  if (!then) return terms.every(({ from }) => from > period) ? 'other-unit' : 'closed-unit';
  const heirs = ground.heirsOf(code);
  /** By the tree of that day, or by all that took its place. */
  const isIn = (roots: ReadonlySet<UnitCode>, isToday: (path: UnitPath) => boolean) =>
    then.path.split('.').some((each) => roots.has(each)) || (heirs.length > 0 && heirs.every(isToday));
  const { root, rootPath } = ground;
  const isMine = (path: UnitPath) => rootPath !== undefined && (path === rootPath || isBelow(path, rootPath));
  if (!isIn(new Set([root]), isMine)) return 'outside-territory';
  if (indicator.up !== 'none' && !then.isBase) return 'unknown-unit';
  const reporters = ground.reportersOf(indicator);
  if (reporters === undefined) return undefined;
  return isIn(new Set(indicator.reporters), (path) => liesIn(path, reporters)) ? undefined : 'not-reporting';
}
