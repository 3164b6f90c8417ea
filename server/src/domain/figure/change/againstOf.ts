import type { Slices } from '../../../lib/slices.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { FigureFrame } from '../../../protocol/figureFrame.ts';
import { CHANGE_NEEDS } from '../../../protocol/limits.ts';
import type { FigureCells } from '../Cells.ts';
import type { FigureLayout } from '../FigureLayout.ts';
import type { FigureDefinitions } from '../facts.ts';
import { rollingTree, upOf } from '../rollTree.ts';
import type { UnitPart } from '../rollUp.ts';
import { isOfPeriod, type PeriodOf } from './isOfPeriod.ts';

type Against = NonNullable<FigureFrame['against']>;
interface Ground {
  readonly layout: FigureLayout;
  readonly definitions: FigureDefinitions;
}
interface Compared extends PeriodOf {
  readonly cells: FigureCells;
}

/** Cells of a territory as they are at this moment: a board goes on, and another period may have to be read first. */
export function keptCells(cells: FigureCells, layout: FigureLayout, root: number): FigureCells {
  const end = layout.ends[root] ?? root;
  const places = Array.from({ length: end - root }, (_, i) => root + i);
  const parts = places.map((place) => cells.part(place));
  const said = places.map((place) => cells.saidFrom(place));
  return { size: cells.size, part: (place) => parts[place - root] ?? NONE, saidFrom: (place) => said[place - root] };
}

/**
 * FG97: what a frame is compared with. Units count that have said both values themselves, and units above have what these
 * come to: so a change is never that of who has spoken. Cells stay as they are meanwhile.
 */
export function* againstOf(ground: Ground, root: number, now: Compared, then: Compared): Slices<Against> {
  const { layout } = ground;
  const both = yield* bothOf(ground, root, now, then);
  const values: (number | null)[] = [];
  for (let place = root; place < (layout.ends[root] ?? 0); place += 1) {
    if (place % 1_000 === 0) yield;
    const { one, other } = both[place - root] ?? UNKNOWN;
    if (layout.isLeaf(place) && one.reports !== false) values.push(other.value);
  }
  const upper = yield* comparedSums(ground, root, now.indicator, both);
  return { period: new Date(then.period).toISOString(), values, upper };
}

/** Both sides of the units above in a territory, each in path order, and how many units have said both. */
export function* changesOf(ground: Ground, root: number, now: Compared, then: Compared): Slices<Against['upper']> {
  return yield* comparedSums(ground, root, now.indicator, yield* bothOf(ground, root, now, then));
}

/** Of a unit the parts of both periods; where it has not said both, none of either. */
interface Both {
  readonly one: UnitPart;
  readonly other: UnitPart;
}

function* bothOf({ layout, definitions }: Ground, root: number, now: Compared, then: Compared): Slices<Both[]> {
  const { indicators } = definitions;
  const all: Both[] = [];
  for (let place = root; place < (layout.ends[root] ?? 0); place += 1) {
    if (place % 1_000 === 0) yield;
    const one = now.cells.part(place);
    const isSaid = isOfPeriod(place, { ...now, part: one }, indicators);
    const other = isSaid ? then.cells.part(place) : NONE;
    const hasBoth = isSaid && isOfPeriod(place, { ...then, part: other }, indicators);
    all.push(hasBoth ? { one, other } : one.reports === false ? NOT_REPORTING : one.counted ? without(one) : UNKNOWN);
  }
  return all;
}

function* comparedSums(
  { layout, definitions }: Ground,
  root: number,
  indicator: Indicator,
  both: readonly Both[],
): Slices<Against['upper']> {
  const up = upOf(indicator, definitions.indicators);
  const summed = (side: keyof Both) => {
    const part = (place: number) => (both[place - root] ?? UNKNOWN)[side];
    return rollingTree(layout, root, { size: layout.size, saidFrom: () => undefined, part }, up);
  };
  const [one, other] = [yield* summed('one'), yield* summed('other')];
  return one.map(({ place, rolled: { value, coverage } }, i) => {
    const { late, held, contested, fresh, expected } = coverage;
    const count = fresh + late + held + contested;
    // Of what is not summed up a unit above has values of its own.
    const isEnough = indicator.up === 'none' || (count > 0 && count >= CHANGE_NEEDS * expected);
    return {
      ...{ unit: layout.units[place]?.code ?? '', both: count },
      now: isEnough ? value : null,
      before: isEnough ? (other[i]?.rolled.value ?? null) : null,
    };
  });
}

const NONE: UnitPart = { state: 'none', value: null, end: null };
const UNKNOWN: Both = { one: NONE, other: NONE };
const NOT_REPORTING: Both = { one: { ...NONE, reports: false }, other: { ...NONE, reports: false } };

/** FG61: as many units are expected there as are counted. */
function without({ counted = [] }: UnitPart): Both {
  const none: UnitPart = { ...NONE, counted: counted.map(() => 'none') };
  return { one: none, other: none };
}
