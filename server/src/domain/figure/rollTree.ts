import type { Indicator } from '../../protocol/figureDefinition.ts';
import type { FigureCells } from './Cells.ts';
import type { FigureLayout } from './FigureLayout.ts';
import { FigureSum, type RolledUp } from './rollUp.ts';

type Up = ConstructorParameters<typeof FigureSum>[0];

/** How an indicator is summed up, with the scales of what it is computed from. */
export function upOf(indicator: Indicator, indicators: ReadonlyMap<string, Indicator>): Up {
  const scaleOf = (code: string | undefined) => indicators.get(code ?? '')?.scale ?? 0;
  const { up, scale, numerator, denominator } = indicator;
  return { up, scale, numeratorScale: scaleOf(numerator), denominatorScale: scaleOf(denominator) };
}

/** FG9: the sums of a territory: of its root and of each unit above others in it, in path order, in one walk. */
export function rollTree(
  layout: FigureLayout,
  root: number,
  cells: FigureCells,
  up: Up,
): { readonly place: number; readonly rolled: RolledUp }[] {
  const done = new Map<number, RolledUp>();
  const open: { readonly place: number; readonly sum: FigureSum }[] = [];
  const close = () => {
    const { place, sum } = open.pop() as (typeof open)[number];
    const rolled = sum.result();
    done.set(place, up.up === 'none' ? { ...rolled, value: cells.part(place).value } : rolled);
    open.at(-1)?.sum.join(sum);
  };
  const end = layout.ends[root] ?? 0;
  for (let place = root; place < end; place += 1) {
    while (open.length > 0 && (layout.ends[open.at(-1)?.place ?? 0] ?? 0) <= place) close();
    const isLeaf = layout.isLeaf(place);
    if (!isLeaf || place === root) open.push({ place, sum: new FigureSum(up) });
    if (isLeaf) open.at(-1)?.sum.add(cells.part(place));
  }
  while (open.length > 0) close();
  return [...done].toSorted(([a], [b]) => a - b).map(([place, rolled]) => ({ place, rolled }));
}
