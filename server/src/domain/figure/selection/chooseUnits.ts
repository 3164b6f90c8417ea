import type { Indicator } from '../../../protocol/figureDefinition.ts';
import { chooses, type SelectedUnit, type SelectionRule } from '../../../protocol/figureSelection.ts';
import type { UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import { liesIn } from '../../shared/territory.ts';
import type { FigureCells } from '../Cells.ts';
import type { FigureLayout } from '../FigureLayout.ts';

interface Choosing {
  readonly layout: FigureLayout;
  /** Place of the territory. */
  readonly root: number;
  readonly rule: SelectionRule;
  /** What is taken out by hand, with all below it. */
  readonly except: ReadonlySet<UnitPath>;
  readonly nameOf: (code: UnitCode) => string;
}

/** FG55: of the units that report in a territory, those that a rule chooses, in the order of their paths as text. */
export function chooseUnits(
  cells: Pick<FigureCells, 'part'>,
  { layout, root, rule, except, nameOf }: Choosing,
): SelectedUnit[] {
  const chosen: SelectedUnit[] = [];
  // Thousands end with the same period.
  const texts = new Map<number, string>();
  for (let place = root; place < (layout.ends[root] ?? 0); place += 1) {
    if (!layout.isLeaf(place)) continue;
    const { value, state, end, reports } = cells.part(place);
    if (reports === false || !chooses(rule, value, state)) continue;
    const { code = '', path = '' } = layout.units[place] ?? {};
    if (liesIn(path, except)) continue;
    const until = end === null || !Number.isFinite(end) ? null : (texts.get(end) ?? new Date(end).toISOString());
    if (end !== null && until !== null) texts.set(end, until);
    chosen.push({ unit: code, path, name: nameOf(code), value, state, until });
  }
  return chosen.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * FG56: who is rung first: by amount whoever is worst, which the indicator says, else whoever is farthest beyond the limit;
 * by state whoever has said nothing for longest. Equals stand in path order.
 */
export function worstFirst(
  units: readonly SelectedUnit[],
  { rule, indicator: { cuts } }: { readonly rule: SelectionRule; readonly indicator: Pick<Indicator, 'cuts'> },
): SelectedUnit[] {
  const high = (cuts?.worse ?? (rule.is === 'at-most' ? 'down' : 'up')) === 'up';
  const byAmount = rule.is === 'at-least' || rule.is === 'at-most';
  const heard = ({ until }: SelectedUnit): number => (until === null ? Number.NEGATIVE_INFINITY : Date.parse(until));
  const order = (a: SelectedUnit, b: SelectedUnit): number => {
    if (byAmount) return ((b.value ?? 0) - (a.value ?? 0)) * (high ? 1 : -1);
    const [one, other] = [heard(a), heard(b)];
    return one === other ? 0 : one - other;
  };
  return units.toSorted((a, b) => order(a, b) || (a.path < b.path ? -1 : 1));
}
