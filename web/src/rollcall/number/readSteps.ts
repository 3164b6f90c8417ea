import type { Language } from '../../i18n/words.ts';

/** What somebody has typed: whole steps of 10^-scale; nothing yet; no number; or more decimals than are asked for. */
export type Typed = { readonly steps: number } | { readonly fault: 'empty' | 'form' | 'decimals' };

const MARKS = { vi: { group: '.', decimal: ',' }, en: { group: ',', decimal: '.' } } as const;
/** What a value may be at most, in digits: larger ones are no number that anybody was asked for. */
const MOST_DIGITS = 15;

/**
 * Reads a number as it is written in the language: `1.200` and `1200` in Vietnamese, `1,200` in English. What may be
 * meant otherwise is no number: `1.2` is not guessed at.
 */
export function readSteps(text: string, scale: number, language: Language): Typed {
  const written = text.trim().replaceAll(/[\s\u00a0\u202f]/g, '');
  if (written === '') return { fault: 'empty' };
  const { group, decimal } = MARKS[language];
  const [whole = '', decimals = '', ...more] = written.replace(/^[-\u2212]/, '').split(decimal);
  const digits = whole.replaceAll(group, '');
  const groups = whole.split(group);
  const grouped = groups.length === 1 || groups.every((one, i) => (i === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(one));
  const isNumber = more.length === 0 && grouped && /^\d+$/.test(digits) && /^\d*$/.test(decimals);
  if (!isNumber || (written.endsWith(decimal) && decimals === '')) return { fault: 'form' };
  const kept = decimals.replace(/0+$/, '');
  if (kept.length > scale) return { fault: 'decimals' };
  if (digits.replace(/^0+/, '').length + scale > MOST_DIGITS) return { fault: 'form' };
  const steps = Number(digits + kept.padEnd(scale, '0'));
  return { steps: /^[-\u2212]/.test(written) && steps !== 0 ? -steps : steps };
}
