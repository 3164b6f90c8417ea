import { createHash } from 'node:crypto';
import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import { codeOf, type UnitPath } from '../../../protocol/organisation.ts';
import type { AskedNumber } from '../../../protocol/rollcallNumber.ts';
import { upFrom } from '../../shared/territory.ts';
import { ASKED } from '../limits.ts';

/** What makes a number the same number, whenever it is asked for. */
export type AskedFor = Pick<AskedNumber, 'indicator' | 'label' | 'unit' | 'scale'>;

/** FG60: an indicator of its own has the same code whenever the same is asked for in the same unit. */
export function askedCode({ indicator, label, unit, scale }: AskedFor): string {
  if (indicator !== null) return indicator;
  const hash = createHash('sha256')
    .update(JSON.stringify([label, unit, scale]))
    .digest('hex');
  return `${ASKED.prefix}${hash.slice(0, ASKED.hashDigits)}`;
}

/**
 * FG60: of a number that is no period of another one. Each round is a period, which is what it is for good: who has not
 * answered is missing in it, and nothing is carried over from an earlier one.
 */
export function askedIndicator(number: AskedNumber): Omit<Indicator, 'version'> {
  const { label, unit, scale } = number;
  return {
    ...{ code: askedCode(number), name: { vi: label, en: label }, unit: { vi: unit, en: unit }, scale },
    ...{ kind: 'flow', every: '5min', up: 'sum', dueSeconds: ASKED.keptSeconds, staleSeconds: ASKED.keptSeconds },
    ...{ mayStage: true, simulated: false },
  };
}

/** Whether it is of a number that was asked for by its words. */
export const isAsked = ({ code }: Pick<Indicator, 'code'>): boolean => code.startsWith(ASKED.prefix);

/** FG60: who speaks for what was asked in a territory. @param scope of a round */
export function askedSource(number: AskedNumber, scope: readonly UnitPath[]): FigureSource {
  const root = codeOf(commonAbove(scope));
  const indicators = [askedCode(number)];
  return {
    ...{ code: `${ASKED.prefix}${root}`, name: ASKED.name, rank: ASKED.rank, root, indicators },
    ...{ kind: 'asked', simulated: false },
  };
}

/** The lowest unit in whose territory all of them lie. */
function commonAbove(paths: readonly UnitPath[]): UnitPath {
  const [first = '', ...others] = paths;
  for (const at of upFrom(first)) if (others.every((path) => path === at || path.startsWith(`${at}.`))) return at;
  return first;
}
