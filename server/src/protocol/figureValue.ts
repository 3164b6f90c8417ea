import { LARGEST_VALUE } from './figureDefinition.ts';

/** With six decimals it is still below the largest value, and exact. */
const SHORT = /^\d{1,5}$/;
const DECIMAL = /^([+-]?)(\d{1,18})(?:\.(\d{1,18}))?$/;

/**
 * FG2: a decimal text as whole steps of 10^-scale. What has more decimals than that, or is too large, is no value of the
 * indicator; zeros at the end are none. @returns undefined: it is no such number
 */
export function stepsOf(text: string, scale: number): number | undefined {
  if (SHORT.test(text)) return Number(text) * 10 ** scale;
  const [, sign, whole = '', decimals = ''] = DECIMAL.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const kept = decimals.replace(/0+$/, '');
  if (kept.length > scale) return undefined;
  const steps = BigInt(whole + kept.padEnd(scale, '0'));
  if (steps > BigInt(LARGEST_VALUE)) return undefined;
  // Zero has no sign.
  return steps === 0n ? 0 : Number(sign === '-' ? -steps : steps);
}

/** The other way round: steps as a decimal text. */
export function decimalOf(steps: number, scale: number): string {
  const digits = String(Math.abs(steps)).padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return steps < 0 ? `-${text}` : text;
}

/** FG73: how somebody writes numbers. plain: 1234.5, vi: 1.234,5, en: 1,234.5. */
export const numberStyles = ['plain', 'vi', 'en'] as const;

export type NumberStyle = (typeof numberStyles)[number];

const written: Readonly<Record<NumberStyle, RegExp>> = {
  plain: /^[+-]?\d+(?:\.\d+)?$/,
  vi: /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+)(?:,\d+)?$/,
  en: /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.\d+)?$/,
};

/** FG73: a number of that style as decimal text with a point. @returns undefined: in that style it is none */
export function readDecimal(text: string, style: NumberStyle): string | undefined {
  const plain = text
    .trim()
    .replace(/^\u2212/, '-')
    .replace(/[\u00a0\u202f]/g, ' ');
  if (!written[style].test(plain)) return undefined;
  return style === 'vi' ? plain.replace(/[. ]/g, '').replace(',', '.') : plain.replace(/[, ]/g, '');
}
