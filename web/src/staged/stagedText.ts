import {
  countedIn,
  endBefore,
  type StagedBeside,
  type StagedPicture,
  type StagedUnit,
  toldAs,
} from '../api/contract.ts';
import type { Text } from '../i18n/useText.tsx';
import { withUnit } from '../i18n/withUnit.ts';
import { serverNow } from '../lib/serverClock.ts';
import { announcedText } from './announcedText.ts';
import { periodText, startBefore } from './periodText.ts';
import { comingText, marksText, weighedText } from './standingText.ts';
import type { StagedWords } from './words/staged.vi.ts';

/** What of a figure is written, whether it is drawn or stands beside. */
export type Written = Pick<
  StagedPicture,
  'value' | 'coverage' | 'unweighed' | 'period' | 'at' | 'oldest' | 'coming' | 'root' | 'before' | 'unweighedIn'
> & {
  readonly indicator: Pick<StagedBeside['indicator'], 'name' | 'unit' | 'scale' | 'every' | 'up'>;
};

/** A unit right below what is shown, as far as it is said of how many units its value is. */
interface Counted {
  readonly unit: StagedUnit;
  /** It reports itself. */
  readonly isLowest: boolean;
}

/** At a value of a period before, on a map and in its legend. */
export const BEFORE = '*';

/** How what is on the stage is written, in the words of a language. Pure. */
export function stagedText(words: Text<StagedWords>, written: Written) {
  const { indicator, value: sum, coverage, unweighed, period, at, oldest, root, before = [], unweighedIn } = written;
  const { t, ...formats } = words;
  const { number, steps, language } = formats;
  const { scale, every, up } = indicator;
  const unit = indicator.unit[language];
  const bare = (value: number | null): string => (value === null ? t.noValue : steps(value, scale));
  const value = (one: number | null): string => (one === null ? t.noValue : withUnit(steps(one, scale), unit));
  const share = (have: number, of: number): string => t.coverage(number(have), number(of));
  const [counted, { expected }] = [countedIn(coverage), coverage];
  const as = toldAs({ up, value: sum, counted, expected });
  const end = endBefore({ every, period, oldest });
  const covered =
    as === 'units'
      ? weighedText(share(counted, expected), { up, unweighed, coverage, unit }, t, formats)
      : announcedText(as, { every, end }, t, formats);
  const unknown = new Map(unweighedIn);
  const ends = new Map(before);
  const endOf = (code: string): string | undefined => {
    const seconds = ends.get(code);
    return seconds === undefined ? undefined : new Date(seconds * 1000).toISOString();
  };
  const asOf = ({ unit: [, one, have, of], isLowest }: Counted) =>
    isLowest ? 'units' : toldAs({ up, value: one, counted: have, expected: of });
  const isBefore = (one: Counted): boolean => one.unit[1] !== null && asOf(one) !== 'units' && ends.has(one.unit[0]);
  /** At the ends of an axis: no year, where no space is. */
  const axis = (ms: number): string => {
    const iso = new Date(ms).toISOString();
    const date = formats.date(iso);
    if (every === 'month') return date.slice(3);
    const short = date.slice(0, -5);
    return every === 'hour' || every === '5min' ? `${formats.hour(iso)} ${short}` : short;
  };
  const periodOf = (iso: string): string => periodText(every, iso, t.period, formats);
  const ofPeriod = periodOf(period);
  return {
    ...{ t, bare, value, unit, language, periodOf },
    name: indicator.name[language],
    isCountry: !root.includes('.'),
    period: ofPeriod,
    axis,
    share: (one: Counted): string => {
      const [code, , have, of] = one.unit;
      const told = asOf(one);
      if (told !== 'units') return announcedText(told, { every, end: endOf(code) }, t, formats);
      const within = { up, unweighed: unknown.get(code), coverage: { expected: of }, unit };
      return weighedText(share(have, of), within, t, formats);
    },
    shortShare: (one: Counted): string => {
      const [code, , have, of] = one.unit;
      const told = asOf(one);
      if (told === 'units') {
        const without = unknown.get(code);
        const counts = `${number(have)}/${number(of)}`;
        return without === undefined ? counts : `${counts} · ${t.short.unweighed(number(without))}`;
      }
      if (told === 'unannounced') return '–';
      const until = endOf(code);
      return until === undefined ? t.short.announced : t.short.of(axis(Date.parse(startBefore(every, until))));
    },
    /** On a map, as short as it can be: with a star where it is of a period before, which the legend says. */
    onMap: (one: Counted): string => {
      const amount = one.unit[1] === null ? '–' : bare(one.unit[1]);
      return isBefore(one) ? amount + BEFORE : amount;
    },
    isBefore,
    coverage: covered,
    /** It says of how many units: in a word or two. */
    isCounted: as === 'units',
    /** FG143 */
    marks: marksText(coverage, t, formats),
    marksShort: marksText(coverage, { marks: t.marksShort }, formats),
    /** FG141 */
    later: comingText(written.coming, indicator, t, formats),
    /** The same within a sentence. */
    outOf: as === 'units' ? t.outOf(covered) : covered,
    /** FG108: of units by name, while they are fetched. */
    coming: (come: { readonly had: number; readonly of: number } | undefined): string =>
      come ? t.communesCome(number(come.had), number(come.of)) : t.communesLater,
    /** As known when; the day where it is another. */
    asOf: t.asOf(
      formats.date(at) === formats.date(new Date(serverNow()).toISOString()) ? formats.hour(at) : formats.day(at),
    ),
    /** FG10: where a value is older than what the period says; of what was announced, in how many units below. */
    oldest:
      as === 'units' && end ? t.oldest(formats.day(end)) : before.length > 0 ? t.before(number(before.length)) : '',
  };
}

export type StagedText = ReturnType<typeof stagedText>;
