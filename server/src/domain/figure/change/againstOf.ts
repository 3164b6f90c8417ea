import type { Slices } from '../../../lib/slices.ts';
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
export function* againstOf(
  { layout, definitions }: Ground,
  root: number,
  now: Compared,
  then: Compared,
): Slices<Against> {
  const { indicators } = definitions;
  const { indicator } = now;
  const hasBoth = (place: number): boolean => isOfPeriod(place, now, indicators) && isOfPeriod(place, then, indicators);
  const both = new Set<number>();
  const values: (number | null)[] = [];
  for (let place = root; place < (layout.ends[root] ?? 0); place += 1) {
    if (place % 1_000 === 0) yield;
    if (hasBoth(place)) both.add(place);
    if (!layout.isLeaf(place) || now.cells.part(place).reports === false) continue;
    values.push(both.has(place) ? then.cells.part(place).value : null);
  }
  const up = upOf(indicator, indicators);
  const summed = (cells: FigureCells) =>
    rollingTree(layout, root, { ...cells, part: (place) => (both.has(place) ? cells.part(place) : NONE) }, up);
  const expected = yield* rollingTree(layout, root, now.cells, up);
  const [one, other] = [yield* summed(now.cells), yield* summed(then.cells)];
  const upper = expected.map(({ place, rolled }, i) => {
    const { late, held, contested, fresh } = one[i]?.rolled.coverage ?? rolled.coverage;
    const count = fresh + late + held + contested;
    // Of what is not summed up a unit above has values of its own.
    const isEnough = indicator.up === 'none' || (count > 0 && count >= CHANGE_NEEDS * rolled.coverage.expected);
    return {
      ...{ unit: layout.units[place]?.code ?? '', both: count },
      now: isEnough ? (one[i]?.rolled.value ?? null) : null,
      before: isEnough ? (other[i]?.rolled.value ?? null) : null,
    };
  });
  return { period: new Date(then.period).toISOString(), values, upper };
}

const NONE: UnitPart = { state: 'none', value: null, end: null };
