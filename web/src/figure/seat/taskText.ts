import type { FormTask } from '../../api/contract.ts';
import type { Text } from '../../i18n/useText.tsx';
import { withUnit } from '../../i18n/withUnit.ts';
import type { FigureFormWords } from '../words/form.vi.ts';

/** What a value is of: `ngày 26/11/2026`, `tháng 11/2026`. */
export function periodName(
  { period, indicator: { every } }: { period: string; indicator: Pick<FormTask['indicator'], 'every'> },
  { t, date, day }: Pick<Text<FigureFormWords>, 'date' | 'day'> & { readonly t: Pick<FigureFormWords, 'period'> },
): string {
  switch (every) {
    case 'once':
      return t.period.once;
    case 'week':
      return t.period.week(date(period));
    case 'month':
      return t.period.month(date(period).slice(3));
    case 'day':
      return t.period.day(date(period));
    default:
      return t.period.hour(day(period));
  }
}

/** `1.200 giường`, `97%`; null: there is none. */
export function valueText(
  steps: number | null,
  { scale, unit }: Pick<FormTask['indicator'], 'scale' | 'unit'>,
  { t, steps: written, language }: Pick<Text<FigureFormWords>, 'steps' | 'language'> & { t: { none: string } },
): string {
  return steps === null ? t.none : withUnit(written(steps, scale), unit[language]);
}
