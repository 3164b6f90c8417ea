import {
  countedIn,
  endBefore,
  type FigureCard,
  type FigureCoverage,
  type FigureFrame,
  type Indicator,
  minCoverageOf,
  toldAs,
} from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { withUnit } from '../../i18n/withUnit.ts';
import { announcedText } from '../../staged/announcedText.ts';
import { periodText } from '../../staged/periodText.ts';
import { comingText, marksText, weighedText } from '../../staged/standingText.ts';
import { stagedWords } from '../../staged/words/staged.vi.ts';
import { changeOf } from '../standing.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { stateWordsOf } from './stateWords.ts';

type Covered = Pick<FigureCard, 'coverage' | 'closed' | 'share' | 'unweighed'> &
  Partial<Pick<FigureCard, 'value'>> &
  Pick<FigureFrame['upper'][number], 'before'>;

/** FG142: nodes of the version before tell the sum of the period before instead, whoever is in it. */
const comparedIn = ({ value, former, change }: Pick<FigureCard, 'value' | 'former' | 'change'>) =>
  change === undefined ? { value, former } : { value: change?.now ?? null, former: change?.before ?? null };

/** How the values of an indicator are written, and what goes with them. */
export function useFigureText(
  indicator: Pick<Indicator, 'name' | 'unit' | 'scale' | 'every'> & Partial<Pick<Indicator, 'up' | 'code'>>,
) {
  const { t: staged } = useText(stagedWords);
  const { t, number, steps, language, ...formats } = useText(figureDeskWords);
  const { scale, every, up } = indicator;
  const unit = indicator.unit[language];
  const bare = (value: number | null): string => (value === null ? t.noValue : steps(value, scale));
  const value = (one: number | null): string => (one === null ? t.noValue : withUnit(steps(one, scale), unit));
  const period = (iso: string): string =>
    periodText(every, iso, staged.period, { ...formats, number, steps, language });
  const counted = (told: FigureCoverage): string => t.coverage(number(countedIn(told)), number(told.expected));
  const weighed = (share: number): string | undefined =>
    up === 'ratio' || up === 'weighted' ? t.weighed[up](steps(Math.floor(share / 10), 1)) : undefined;
  const asOf = ({ value: told = null, coverage: by }: Covered) =>
    toldAs({ up, value: told, counted: countedIn(by), expected: by.expected });
  /** FG10, FG91: `9.871/10.051 đơn vị, 99,1% mẫu số` */
  const coverage = (of: Covered): string => {
    const as = asOf(of);
    const end = of.before;
    if (as !== 'units') return announcedText(as, { every, end }, staged, { ...formats, number, steps, language });
    const weight = of.share === undefined ? undefined : weighed(of.share);
    const parts = [counted(of.coverage), weight].filter(Boolean).join(', ');
    const units = weighedText(parts, { ...of, up, unit }, staged, { number });
    return of.closed ? `${units} · ${t.ofClosed(number(of.closed))}` : units;
  };
  const signed = (change: number): string => `${change > 0 ? '+' : ''}${steps(change, scale)}`;
  /** `+1.204 (+12,3%)`; undefined: it is not known. */
  const moved = (of: Pick<FigureCard, 'value' | 'former'>): string | undefined => {
    const change = changeOf(of);
    if (!change || change.steps === 0) return change && t.same;
    const sign = change.steps > 0 ? '+' : '';
    if (unit === '%') return t.points(signed(change.steps));
    // A share that would be rounded to none is left out: something has changed.
    const share = !change.permille ? '' : ` (${sign}${steps(change.permille, 1)}%)`;
    return `${signed(change.steps)}${share}`;
  };
  return {
    ...stateWordsOf(indicator, t),
    name: indicator.name[language],
    unit,
    bare,
    value,
    period,
    coverage,
    /** FG10: `9.871/10.051 đơn vị · 17:00–18:00 · cũ nhất lúc 14:00 ngày 25/11/2026` */
    of: (card: Covered & Pick<FigureCard, 'period' | 'oldest'>): string => {
      const before = endBefore({ every, ...card });
      const older = before !== undefined && asOf(card) === 'units' && t.oldest(formats.day(before));
      const parts = [coverage({ ...card, before }), period(card.period), older];
      return parts.filter(Boolean).join(' · ');
    },
    /** FG62: of the line beside it. */
    breaks: ({ breaks }: Pick<FigureCard, 'breaks'>): string | undefined => breaks && t.breaks,
    signed,
    moved,
    /** `+1.204 (+12,3%) so với hôm trước` */
    change: (card: Pick<FigureCard, 'value' | 'former' | 'change'>): string | undefined => {
      const change = moved(comparedIn(card));
      return change && `${change} ${t.than[every]}`;
    },
    /** FG142: where fewer units than are in the value say how it has changed. */
    comparedOf: ({ change, coverage: { expected, ...rest } }: Pick<FigureCard, 'change' | 'coverage'>) =>
      change && up !== 'none' && change.both < countedIn({ expected, ...rest })
        ? t.both(number(change.both), number(expected))
        : undefined,
    /** FG139: when a period of it is shown. */
    shownFrom: (of: Pick<Indicator, 'code' | 'minCoverage'>): string | undefined => {
      const part = minCoverageOf(of);
      if (every === 'once') return undefined;
      return part === 0 ? t.shownAtOnce : t.shownFrom(number(Math.round(part * 100)));
    },
    /** FG143 */
    marks: (told: FigureCoverage): string[] =>
      marksText(told, { marks: staged.marksShort }, { number }).map((mark) => mark.replaceAll(' ', '\u00a0')),
    /** FG141 */
    later: (coming: FigureCard['coming']): string | undefined =>
      comingText(coming, { every, up }, staged, { ...formats, number, steps, language }),
  };
}
