import type { StagedBeside, StagedPicture, StagedUnit } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { withUnit } from '../i18n/withUnit.ts';
import { periodText } from './periodText.ts';
import { stagedWords } from './words/staged.vi.ts';

/** What of a figure is written, whether it is drawn or stands beside. */
type Written = Pick<StagedPicture, 'coverage' | 'period' | 'at' | 'oldest' | 'root'> & {
  readonly indicator: Pick<StagedBeside['indicator'], 'name' | 'unit' | 'scale' | 'every'>;
};

/** How what is on the stage is written. */
export function useStagedText({ indicator, coverage, period, at, oldest, root }: Written) {
  const { t, ...formats } = useText(stagedWords);
  const { number, steps, language } = formats;
  const { scale, every } = indicator;
  const unit = indicator.unit[language];
  const bare = (value: number | null): string => (value === null ? t.noValue : steps(value, scale));
  const value = (one: number | null): string => (one === null ? t.noValue : withUnit(steps(one, scale), unit));
  const { expected, fresh, late, held, contested } = coverage;
  const share = (counted: number, of: number): string => t.coverage(number(counted), number(of));
  const periodOf = (iso: string): string => periodText(every, iso, t.period, formats);
  const ofPeriod = periodOf(period);
  return {
    ...{ t, bare, value, unit, language, periodOf },
    name: indicator.name[language],
    isCountry: !root.includes('.'),
    period: ofPeriod,
    share: ([, , counted, of]: StagedUnit): string => share(counted, of),
    shortShare: ([, , counted, of]: StagedUnit): string => `${number(counted)}/${number(of)}`,
    coverage: share(fresh + late + held + contested, expected),
    /** FG108: of units by name, while they are fetched. */
    coming: (come: { readonly had: number; readonly of: number } | undefined): string =>
      come ? t.communesCome(number(come.had), number(come.of)) : t.communesLater,
    /** As known when; the day where it is another. */
    asOf: t.asOf(formats.date(at) === formats.date(new Date().toISOString()) ? formats.hour(at) : formats.day(at)),
    /** At the ends of an axis: no year, where no space is. */
    axis: (ms: number): string => {
      const iso = new Date(ms).toISOString();
      const date = formats.date(iso);
      if (every === 'month') return date.slice(3);
      const short = date.slice(0, -5);
      return every === 'hour' || every === '5min' ? `${formats.hour(iso)} ${short}` : short;
    },
    /** FG10: where a value is older than what the period says. */
    oldest: oldest && every !== 'once' && Date.parse(oldest) <= Date.parse(period) ? t.oldest(formats.day(oldest)) : '',
  };
}

export type StagedText = ReturnType<typeof useStagedText>;
