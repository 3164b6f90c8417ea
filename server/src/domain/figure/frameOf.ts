import type { Slices } from '../../lib/slices.ts';
import { endBefore } from '../../protocol/announced.ts';
import type { FigureState } from '../../protocol/figure.ts';
import { STATE_LETTERS } from '../../protocol/figure.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import type { FigureFrame } from '../../protocol/figureFrame.ts';
import type { FigureCells } from './Cells.ts';
import type { FigureLayout } from './FigureLayout.ts';
import type { FigureDefinitions } from './facts.ts';
import { rollingTree, upOf } from './rollTree.ts';

const LETTERS = new Map(Object.entries(STATE_LETTERS).map(([letter, state]) => [state as FigureState, letter]));
export const letterOf = (state: FigureState): string => LETTERS.get(state) ?? 'n';

/**
 * All values of a territory: of the units that report, and of those above them with their coverage. @param cells that stay as they
 * are meanwhile
 */
export function* frameOf(
  { layout, definitions }: { readonly layout: FigureLayout; readonly definitions: FigureDefinitions },
  asked: { readonly indicator: Indicator; readonly period: number; readonly n: number; readonly root: number },
  cells: FigureCells,
): Slices<FigureFrame> {
  const { indicator, root, n } = asked;
  const units: string[] = [];
  const values: (number | null)[] = [];
  const former: number[] = [];
  let states = '';
  for (let place = root; place < (layout.ends[root] ?? 0); place += 1) {
    if (place % 1_000 === 0) yield;
    if (!layout.isLeaf(place)) continue;
    const { value, state, closed, reports } = cells.part(place);
    if (reports === false) continue;
    if (closed) former.push(units.length);
    units.push(layout.units[place]?.path ?? '');
    values.push(value);
    states += letterOf(state);
  }
  const rolledUp = yield* rollingTree(layout, root, cells, upOf(indicator, definitions.indicators));
  const { up, every } = indicator;
  const period = iso(asked.period);
  const upper = rolledUp.map(({ place, rolled }) => ({
    ...{ unit: layout.units[place]?.code ?? '', value: rolled.value, coverage: rolled.coverage },
    ...(rolled.closed && { closed: rolled.closed }),
    ...(rolled.share !== undefined && { share: rolled.share }),
    ...(rolled.unweighed && { unweighed: rolled.unweighed }),
    ...(up === 'none' && beforeOf({ every, period, oldest: rolled.oldest })),
  }));
  const of = { indicator: indicator.code, period, n, root: layout.units[root]?.code ?? '' };
  return { ...of, units, values, states, upper, ...(former.length > 0 && { former }) };
}

function beforeOf({ oldest, ...of }: { every: Indicator['every']; period: string; oldest: number | null }) {
  const before = oldest === null ? undefined : endBefore({ ...of, oldest: iso(oldest) });
  return before === undefined ? {} : { before };
}

const iso = (moment: number): string => new Date(moment).toISOString();
