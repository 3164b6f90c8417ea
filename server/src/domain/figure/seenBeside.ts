import type { Indicator } from '../../protocol/figureDefinition.ts';
import type { DoubtReason } from '../../protocol/figureDoubt.ts';
import { partsIn } from './doubting.ts';

interface Held {
  readonly indicator: string;
  readonly reason: DoubtReason | null;
  readonly beside: number | null;
}

/**
 * FG117: with what a held value was compared, to whoever may see all of which it may be a value: of a part that is its whole, of
 * a whole one of its parts. Pure.
 */
export function seenBeside(
  { indicator, reason, beside }: Held,
  indicators: ReadonlyMap<string, Indicator>,
  isSeen: (code: string) => boolean,
): number | null {
  const others = otherOf(indicators, indicator, reason);
  // It is declared no more with what it was compared: nobody knows whose value it is.
  const isAnothers = reason === 'over-whole' || reason === 'under-part';
  return isAnothers && (others.length === 0 || !others.every(isSeen)) ? null : beside;
}

function otherOf(indicators: ReadonlyMap<string, Indicator>, code: string, reason: DoubtReason | null): string[] {
  if (reason === 'under-part') return partsIn(indicators, code);
  const whole = indicators.get(code)?.checks?.partOf;
  return reason === 'over-whole' && whole !== undefined ? [whole] : [];
}
