import type { EnterAsk, Entry } from '../../api/contract.ts';
import type { useKeys } from '../../session/useKeys.ts';

/** What is wanted when an official confirms: this answer of the unit, and not one that comes while they read. */
export const wishOf = (round: string, unit: string, own: Entry['own']): string => `${round} ${unit} ${own?.nr}`;

/** RC12: pressed again because no answer came, it is the same act. */
export const confirmAsk = (
  keys: Pick<ReturnType<typeof useKeys>, 'of'>,
  round: string,
  unit: string,
  own: Entry['own'],
): EnterAsk => ({
  ...{ round, unit, as: 'confirm', key: keys.of(wishOf(round, unit, own)) },
  ...(own && { confirms: own.nr }),
});
