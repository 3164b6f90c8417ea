import type { FigureSource } from '../../../protocol/figureDefinition.ts';
import type { UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import { overlap, upFrom } from '../../shared/territory.ts';

/**
 * FG60: what was asked in a territory concerns who lies in it and who is above it; where it is no unit any more, the whole
 * country. Pure. @returns codes of indicators that concern a unit
 */
export function askedAbout(
  unit: UnitPath,
  sources: Iterable<Pick<FigureSource, 'root' | 'indicators'>>,
  pathOf: (root: UnitCode) => UnitPath | undefined,
): ReadonlySet<string> {
  const isTop = [...upFrom(unit)].length === 1;
  const concerns = (root: UnitPath | undefined) => isTop || (root !== undefined && overlap(unit, root) !== undefined);
  return new Set([...sources].flatMap(({ root, indicators }) => (concerns(pathOf(root)) ? indicators : [])));
}
