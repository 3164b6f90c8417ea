import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import type { FormTask, SaidOfUnit } from '../../../protocol/figureForm.ts';
import type { Unit, UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import { isBelow } from '../../shared/territory.ts';
import { isAsked } from '../asked/askedIndicator.ts';
import { type CountedValue, countingOf } from '../counting.ts';
import { kindOf } from '../definitions.ts';
import type { FigureDefinitions } from '../facts.ts';
import { freshnessOf } from '../freshness.ts';
import { FORMER_PERIODS } from '../limits.ts';
import { periodAfter, periodEnd, periodOf } from '../periods.ts';
import type { FigureTree } from '../placeRows.ts';
import type { SaidRow } from './facts.ts';
import { dueOf, periodsAsked } from './openPeriods.ts';

interface Ground {
  readonly definitions: FigureDefinitions;
  readonly tree: FigureTree;
  readonly unit: Pick<Unit, 'code' | 'path'>;
  /** FG90 */
  readonly isReporting: (indicator: Indicator, unit: UnitCode) => boolean;
}

interface Typed {
  readonly source: FigureSource;
  readonly indicator: Indicator;
}

interface Cell {
  readonly indicator: string;
  readonly period: number;
}

/** FG71: what a unit types in itself: of each source by form in whose territory it lies, what units like it report. */
export function typedBy({ definitions, tree, unit, isReporting }: Ground): Typed[] {
  const { sources, indicators } = definitions;
  return [...sources.values()].flatMap((source) => {
    const root = tree.find(source.root);
    if (kindOf(source) !== 'form' || !root) return [];
    if (unit.path !== root.path && !isBelow(unit.path, root.path)) return [];
    return source.indicators.flatMap((code) => {
      const indicator = indicators.get(code);
      if (!indicator || indicator.up === 'ratio' || indicator.simulated !== source.simulated) return [];
      const reports = tree.isBase(unit.code) && isReporting(indicator, unit.code);
      return indicator.up === 'none' || reports ? [{ source, indicator }] : [];
    });
  });
}

/** What has to be read to say what is to be typed. */
export const cellsAsked = (typed: readonly Typed[], now: number): Cell[] =>
  typed.flatMap(({ indicator }) => back(indicator, now, indicator.every === 'once' ? 0 : FORMER_PERIODS + 1));

/**
 * What has to be read to say what others say of a unit: its newest words that may still count. What it was asked in a
 * roll-call it has said itself, and has with its answer: there are more of those every day.
 */
export const cellsSaid = ({ indicators }: FigureDefinitions, now: number): Cell[] =>
  [...indicators.values()].flatMap((indicator) =>
    indicator.up === 'ratio' || isAsked(indicator)
      ? []
      : back(indicator, now, indicator.every === 'once' ? 0 : FORMER_PERIODS),
  );

function back({ code, every }: Indicator, now: number, most: number): Cell[] {
  const current = periodOf(every, now);
  return Array.from({ length: most + 1 }, (_, i) => ({
    indicator: code,
    period: i === 0 ? current : periodAfter(every, current, -i),
  }));
}

/** FG72: what a unit is asked for now. @param rows of its cells, in the order of becoming visible */
export function formTasks(
  typed: readonly Typed[],
  { definitions, rows, now }: { definitions: FigureDefinitions; rows: readonly SaidRow[]; now: number },
): FormTask[] {
  return typed.flatMap(({ source, indicator }) =>
    periodsAsked(indicator, now).map((period): FormTask => {
      const due = dueOf(indicator, period);
      const said = rows.filter((row) => row.indicator === indicator.code && row.period === period);
      const own = said.findLast((row) => row.source === source.code);
      const state = own ? 'done' : due !== null && now >= due ? 'overdue' : 'due';
      const { code, name, unit, scale, kind, every, bounds, simulated } = indicator;
      return {
        source: source.code,
        indicator: { code, name, unit, scale, kind, every, simulated, ...(bounds && { bounds }) },
        ...{ period: iso(period), end: iso(periodEnd(every, period)), due: due === null ? null : iso(due), state },
        own: own ? toldOf(own) : null,
        last: lastBefore(indicator, period, rows, definitions),
      };
    }),
  );
}

function lastBefore(
  { code }: Indicator,
  period: number,
  rows: readonly SaidRow[],
  definitions: FigureDefinitions,
): FormTask['last'] {
  const before = rows.filter((row) => row.indicator === code && row.period < period);
  const periods = [...new Set(before.map((row) => row.period))].toSorted((a, b) => b - a);
  for (const each of periods) {
    const { value } = counted(
      before.filter((row) => row.period === each),
      definitions,
    );
    if (value === null) return null;
    if (value !== undefined) return { value, period: iso(each) };
  }
  return null;
}

/** FG21: what is said of a unit, by whom, and what of it counts. @param rows in the order of becoming visible */
export function saidOfUnit({
  definitions,
  rows,
  now,
  path,
}: {
  definitions: FigureDefinitions;
  rows: readonly SaidRow[];
  now: number;
  /** Of the unit. */
  path: UnitPath;
}): SaidOfUnit[] {
  return [...definitions.indicators.values()].flatMap((indicator) => {
    const all = rows.filter((row) => row.indicator === indicator.code);
    const period = Math.max(...all.map((row) => row.period));
    if (all.length === 0) return [];
    const words = newestWords(all.filter((row) => row.period === period));
    const counts = counted(
      words.flatMap(({ all: said }) => said),
      definitions,
      indicator.tolerance,
    );
    const { code, name, unit, scale, simulated, every } = indicator;
    const rank = (source: string) => definitions.sources.get(source)?.rank ?? Number.MAX_SAFE_INTEGER;
    return [
      {
        indicator: { code, name, unit, scale, simulated, every },
        ...{ period: iso(period), end: iso(periodEnd(every, period)), state: stateOf(indicator, period, counts, now) },
        words: words
          .flatMap(({ all: said, newest }) => [...new Set([newest, goodOf(said) ?? newest])])
          .map((word) => ({
            ...{ source: word.source, name: definitions.sources.get(word.source)?.name ?? word.source },
            ...{ ...toldOf(word), n: word.n, revision: word.revision, contested: word.contested },
            ownContest: word.contested && word.contester === path,
            counts: word.source === counts.source && isGood(word),
          }))
          .sort((a, b) => Number(b.counts) - Number(a.counts) || rank(a.source) - rank(b.source)),
      },
    ];
  });
}

function stateOf(indicator: Indicator, period: number, counts: CountedValue, now: number): SaidOfUnit['state'] {
  if (counts.held) return 'held';
  if (counts.value === undefined || counts.value === null) return 'none';
  const state = freshnessOf(indicator, period, now);
  return state !== 'stale' && counts.contested ? 'contested' : state;
}

const newestWords = (rows: readonly SaidRow[]) =>
  [...Map.groupBy(rows, ({ source }) => source).values()].map((all) => ({ all, newest: all.at(-1) as SaidRow }));

/** @param tolerance FG8 */
function counted(rows: readonly SaidRow[], { sources }: FigureDefinitions, tolerance?: number): CountedValue {
  return countingOf(
    newestWords(rows).map(({ all, newest }) => ({
      ...{ source: newest.source, rank: sources.get(newest.source)?.rank ?? Number.MAX_SAFE_INTEGER },
      ...wordsOf(all, newest),
    })),
    tolerance,
  );
}

/** FG8: the newest that is neither held nor rejected. */
function wordsOf(all: readonly SaidRow[], newest: SaidRow) {
  const good = goodOf(all);
  const last = all.findLast(({ rejected }) => !rejected) ?? newest;
  return { good: good?.value, held: last.held, contested: good?.contested ?? false };
}

const isGood = ({ held, rejected }: SaidRow): boolean => !held && !rejected;
const goodOf = (all: readonly SaidRow[]): SaidRow | undefined => all.findLast(isGood);
const toldOf = ({ value, at, held, rejected, act }: SaidRow) => ({ value, at: at.toISOString(), held, rejected, act });
const iso = (moment: number): string => new Date(moment).toISOString();
