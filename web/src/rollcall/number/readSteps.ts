import { readDecimal, stepsOf } from '../../api/contract.ts';
import type { Language } from '../../i18n/words.ts';

/**
 * What somebody has typed: whole steps of 10^-scale; nothing yet; no number; more decimals than are asked for; or more
 * than any value may be.
 */
export type Typed = { readonly steps: number } | { readonly fault: 'empty' | 'form' | 'decimals' | 'size' };

/** FG73: a number as it is written in the language, with what is wrong with it. */
export function readSteps(text: string, scale: number, language: Language): Typed {
  if (text.trim() === '') return { fault: 'empty' };
  const decimal = readDecimal(text, language);
  if (decimal === undefined) return { fault: 'form' };
  const steps = stepsOf(decimal, scale);
  if (steps !== undefined) return { steps };
  const [, decimals = ''] = decimal.split('.');
  return { fault: decimals.replace(/0+$/, '').length > scale ? 'decimals' : 'size' };
}
