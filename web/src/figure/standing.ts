import type { FigureCard } from '../api/contract.ts';

/** By how much a value changed, in steps and in tenths of a per cent of what was before; undefined: nobody knows. */
export function changeOf({ value, former }: Pick<FigureCard, 'value' | 'former'>) {
  if (value === null || former === null) return undefined;
  const steps = value - former;
  return { steps, permille: former > 0 ? Math.round((steps * 1000) / former) : undefined };
}
