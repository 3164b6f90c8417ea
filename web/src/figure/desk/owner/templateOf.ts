import type { Indicator, NumberStyle } from '../../../api/contract.ts';

/** FG74: how the two forms of a file begin: a column for each figure, and a row for each value. */
export const FILE_COLUMNS = ['unit, period', 'unit, period, indicator, value'] as const;

/**
 * FG74: the header of a wide file. A spreadsheet that writes decimal commas separates cells by semicolons; the mark at the
 * beginning says that it is UTF-8.
 */
export function templateOf(indicators: readonly Pick<Indicator, 'code' | 'up'>[], style: NumberStyle): Blob {
  const codes = indicators.filter(({ up }) => up !== 'ratio').map(({ code }) => code);
  const header = ['unit', 'period', ...codes].join(style === 'vi' ? ';' : ',');
  return new Blob([`\uFEFF${header}\r\n`], { type: 'text/csv' });
}
