import { type FormTask, readDecimal, stepsOf } from '../../api/contract.ts';
import type { Language } from '../../i18n/words.ts';

/** What stands in a field. `decimal` is what is sent, null: there is none. */
export type Typed =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'bad'; readonly why: 'form' | 'decimals' | 'beyond' }
  | { readonly kind: 'said'; readonly decimal: string | null; readonly steps: number | null };

/** FG73: numbers as the page's language writes them; `-` says that there is none. */
export function typedOf(text: string, { indicator }: FormTask, language: Language): Typed {
  const said = text.trim();
  if (said === '') return { kind: 'nothing' };
  if (said === '-') return { kind: 'said', decimal: null, steps: null };
  const decimal = readDecimal(said, language);
  if (decimal === undefined) return { kind: 'bad', why: 'form' };
  const steps = stepsOf(decimal, indicator.scale);
  if (steps === undefined) return { kind: 'bad', why: 'decimals' };
  const [least, most] = indicator.bounds?.hard ?? [steps, steps];
  if (steps < least || steps > most) return { kind: 'bad', why: 'beyond' };
  return { kind: 'said', decimal, steps };
}

/** FG72: why it is asked about once. */
export type Doubt = 'more' | 'less' | 'falls' | 'unusual';

/** As many times as a slip with a nought, or with a comma, makes of it. */
const TIMES = 10;
/** In steps; of a handful ten times is soon the case. */
const LEAST = 5;

export function doubtOf({ indicator, last }: FormTask, steps: number | null): Doubt | undefined {
  if (steps === null) return undefined;
  const { kind, bounds } = indicator;
  if (last && kind === 'cumulative' && steps < last.value) return 'falls';
  if (last && last.value > 0 && steps >= Math.max(last.value * TIMES, LEAST)) return 'more';
  if (last && last.value >= LEAST && steps >= 0 && steps * TIMES <= last.value) return 'less';
  return bounds?.soft && (steps < bounds.soft[0] || steps > bounds.soft[1]) ? 'unusual' : undefined;
}

/** A unit is asked for one indicator in several periods. */
export const idOf = ({ source, indicator, period }: FormTask): string => `${source} ${indicator.code} ${period}`;
