import { atOnce, type Slices } from '../../lib/slices.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import type { FigureCells } from './Cells.ts';
import type { FigureLayout } from './FigureLayout.ts';
import { FigureSum, type RolledUp, shiftOf, type UnitPart } from './rollUp.ts';

type Up = ConstructorParameters<typeof FigureSum>[0];

/** How an indicator is summed up. */
export function upOf(indicator: Indicator, indicators: ReadonlyMap<string, Indicator>): Up {
  return { up: indicator.up, shift: shiftOf(indicator, indicators) };
}

interface Rolled {
  readonly place: number;
  readonly rolled: RolledUp;
}

/** FG126: what its owner says of a unit above others is made of none of these, and as old as it is itself; stale, it counts no more. */
function announced({ coverage }: RolledUp, { state, value, end }: UnitPart, isLeaf: boolean): RolledUp {
  const { expected } = coverage;
  const ofNone = { expected, fresh: 0, late: 0, stale: 0, none: expected, held: 0, contested: 0 };
  const said = value === null || state === 'stale' ? { value: null, oldest: null } : { value, oldest: end };
  return { ...said, coverage: isLeaf ? coverage : ofNone };
}

/** FG9: the sums of a territory: of its root and of each unit above others in it, in path order, in one walk. */
export const rollTree = (...of: Parameters<typeof rollingTree>): Rolled[] => atOnce(rollingTree(...of));

/** The same of cells that stay as they are meanwhile. */
export function* rollingTree(layout: FigureLayout, root: number, cells: FigureCells, up: Up): Slices<Rolled[]> {
  const done = new Map<number, RolledUp>();
  const open: { readonly place: number; readonly sum: FigureSum }[] = [];
  const close = () => {
    const { place, sum } = open.pop() as (typeof open)[number];
    const rolled = sum.result();
    done.set(place, up.up === 'none' ? announced(rolled, cells.part(place), layout.isLeaf(place)) : rolled);
    open.at(-1)?.sum.join(sum);
  };
  const end = layout.ends[root] ?? 0;
  for (let place = root; place < end; place += 1) {
    while (open.length > 0 && (layout.ends[open.at(-1)?.place ?? 0] ?? 0) <= place) close();
    const isLeaf = layout.isLeaf(place);
    if (!isLeaf || place === root) open.push({ place, sum: new FigureSum(up) });
    if (isLeaf) open.at(-1)?.sum.add(cells.part(place));
    if (place % 1_000 === 0) yield;
  }
  while (open.length > 0) close();
  return [...done].toSorted(([a], [b]) => a - b).map(([place, rolled]) => ({ place, rolled }));
}
