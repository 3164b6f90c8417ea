import type { FigureState } from '../../../protocol/figure.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import { type FigureCells, worse } from '../Cells.ts';
import type { FigureLayout, LaidFormer } from '../FigureLayout.ts';
import { coveredAs, isWithheld, ratioOf, type UnitPart } from '../rollUp.ts';
import { shareOf } from './formerUnits.ts';

interface Looking {
  readonly layout: FigureLayout;
  readonly up: Indicator['up'];
  /** Start of the period that is looked at. */
  readonly period: number;
  /** Of a ratio: decimals to move by. */
  readonly shift: number;
}

/**
 * FG9: cells of all units that were there on the day of the period, as the units of today. What a closed unit said counts
 * where its shares went, until whoever took its place says something of a time when it was no more.
 */
export function formerCells(cells: FigureCells, looking: Looking): FigureCells {
  const { layout, up } = looking;
  if (layout.formers.size === 0 || up === 'none') return cells;
  const known = new Map<number, UnitPart>();
  const part = (place: number): UnitPart => {
    const formers = layout.formers.get(place);
    if (!formers) return cells.part(place);
    const merged = known.get(place) ?? mergedPart(cells, place, formers, looking);
    known.set(place, merged);
    return merged;
  };
  return { size: cells.size, part, saidFrom: (place) => cells.saidFrom(place) };
}

function mergedPart(
  cells: FigureCells,
  place: number,
  all: readonly LaidFormer[],
  { layout, up, period, shift }: Looking,
): UnitPart {
  const own = cells.part(place);
  const from = cells.saidFrom(place);
  const formers = all.filter(({ closed }) => from === undefined || from < closed);
  if (formers.length === 0) return own;
  const began = layout.began.get(place) ?? Number.NEGATIVE_INFINITY;
  const wasThere = period >= began && formers.some(({ closed }) => began < closed);
  const parts = formers.map((former) => sharedPart(cells.part(former.cell), former, up));
  // What only began when they were no more cannot be missing beside them.
  const before = wasThere || own.value !== null ? [own, ...parts] : parts;
  const there = before.filter(({ value, state }) => value !== null && state !== 'stale');
  const isWhole = there.length === before.length;
  const expected = [
    ...(wasThere ? [own] : []),
    ...formers.flatMap(({ counts }, i) => (counts && parts[i] ? [parts[i]] : [])),
  ];
  // Of the time after it, only whoever took its place is expected.
  const isBefore = formers.some(({ closed }) => period < closed);
  const states = (there.length > 0 ? there : before).map(({ state }) => state);
  const worst = states.reduce(worse);
  const state: FigureState = isWhole || there.length === 0 ? worst : worse(worst, 'late');
  const closed = parts.filter((each) => there.includes(each)).length;
  const weights = before.flatMap(({ weight }) => weight ?? []);
  return {
    ...(there.length === 0 ? { ...own, state, value: null, end: null } : { ...summed(there, up, shift), state }),
    ...(weights.length > 0 && {
      weight: { of: total(weights.map((each) => each.of)), there: total(weights.map(({ there: at }) => at)) },
    }),
    ...(isBefore && {
      counted: expected.map(coveredAs),
      withheld: expected.filter(isWithheld).length,
      unweighed: expected.filter((each) => !each.weight).length,
    }),
    ...(closed > 0 && { closed }),
  };
}

function sharedPart(part: UnitPart, former: LaidFormer, up: Indicator['up']): UnitPart {
  const { value, over } = part;
  const share = (of: number) => shareOf(of, former);
  const weight =
    part.weight === undefined ? {} : { weight: { of: share(part.weight.of), there: share(part.weight.there) } };
  if (value === null || up === 'max' || up === 'min') return { ...part, ...weight };
  if (over === undefined) return { ...part, value: share(value) };
  // A mean stays what it is, and its weight is shared.
  const shared = { value: up === 'weighted' ? over.value : share(over.value), by: share(over.by) };
  return { ...part, ...weight, over: shared };
}

const total = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0);

function summed(parts: readonly UnitPart[], up: Indicator['up'], shift: number): Omit<UnitPart, 'state'> {
  const end = Math.min(...parts.map((each) => each.end ?? Number.POSITIVE_INFINITY));
  const values = parts.map(({ value }) => value ?? 0);
  if (up === 'max' || up === 'min') return { value: Math[up](...values), end };
  if (up === 'sum') return { value: values.reduce((sum, each) => sum + each, 0), end };
  const over = parts.map((each) => each.over ?? { value: 0, by: 0 });
  const by = over.reduce((sum, each) => sum + each.by, 0);
  if (up === 'ratio') {
    const value = over.reduce((sum, each) => sum + each.value, 0);
    return { value: ratioOf(BigInt(value), BigInt(by), shift), end, over: { value, by } };
  }
  const product = over.reduce((sum, each) => sum + (each.product ?? BigInt(each.value) * BigInt(each.by)), 0n);
  const value = ratioOf(product, BigInt(by), 0);
  return { value, end, over: { value: value ?? 0, by, product } };
}
