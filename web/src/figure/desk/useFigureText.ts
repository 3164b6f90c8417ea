import type { FigureCard, FigureCoverage, Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { withUnit } from '../../i18n/withUnit.ts';
import { periodText } from '../../staged/periodText.ts';
import { stagedWords } from '../../staged/words/staged.vi.ts';
import { changeOf, countedIn } from '../standing.ts';
import { figureDeskWords } from '../words/desk.vi.ts';

type Covered = Pick<FigureCard, 'coverage' | 'closed' | 'share'> & Partial<Pick<FigureCard, 'value'>>;

/** How the values of an indicator are written, and what goes with them. */
export function useFigureText(
  indicator: Pick<Indicator, 'name' | 'unit' | 'scale' | 'every'> & Partial<Pick<Indicator, 'up'>>,
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
  /** FG10, FG91: `9.871/10.051 đơn vị, 99,1% mẫu số` */
  const coverage = (of: Covered): string => {
    // Its owner gives the value of each tier: where units say none of their own, it is no sum of nobody.
    if (up === 'none' && of.value != null && countedIn(of.coverage) === 0) return t.announced;
    const parts = [counted(of.coverage), of.share === undefined ? undefined : weighed(of.share)];
    const told = parts.filter(Boolean).join(', ');
    return of.closed ? `${told} · ${t.ofClosed(number(of.closed))}` : told;
  };
  const signed = (change: number): string => `${change > 0 ? '+' : ''}${steps(change, scale)}`;
  /** `+1.204 (+12,3%)`; undefined: it is not known. */
  const moved = (of: Pick<FigureCard, 'value' | 'former'>): string | undefined => {
    const change = changeOf(of);
    if (!change || change.steps === 0) return change && t.same;
    const sign = change.steps > 0 ? '+' : '';
    // A share that would be rounded to none is left out: something has changed.
    const share = !change.permille || unit === '%' ? '' : ` (${sign}${steps(change.permille, 1)}%)`;
    return `${signed(change.steps)}${share}`;
  };
  return {
    name: indicator.name[language],
    unit,
    bare,
    value,
    period,
    coverage,
    /** FG10: `9.871/10.051 đơn vị · 17:00–18:00 · cũ nhất lúc 14:00 ngày 25/11/2026` */
    of: (card: Covered & Pick<FigureCard, 'period' | 'oldest' | 'breaks'>): string => {
      const older = card.oldest !== null && Date.parse(card.oldest) <= Date.parse(card.period) && every !== 'once';
      const parts = [coverage(card), period(card.period), older && t.oldest(formats.day(card.oldest ?? ''))];
      return [...parts, card.breaks && t.breaks].filter(Boolean).join(' · ');
    },
    signed,
    moved,
    /** `+1.204 (+12,3%) so với hôm trước` */
    change: (card: Pick<FigureCard, 'value' | 'former'>): string | undefined => {
      const change = moved(card);
      return change && `${change} ${t.than[every]}`;
    },
  };
}
