import { isDeepStrictEqual } from 'node:util';
import { refuse } from '../../../protocol/errors.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import { type StagedContent, type StageMark, startsIn } from '../../../protocol/figureStage.ts';
import { codeOf } from '../../../protocol/organisation.ts';
import type { Placing } from '../../programme/ports.ts';
import { demandRunning } from '../../shared/running.ts';
import type { FigureStage, KeptContent, StageMoment, StageStep, StageWhat } from './ports.ts';

export const emptyStage = (briefing: string): FigureStage => ({ briefing, version: 0, what: null, content: null });

/** Of which figures something is on the stage. */
export const indicatorsOf = ({ indicator, beside = [] }: StageWhat): readonly string[] => [
  indicator,
  ...beside.map((one) => one.indicator),
];

/** FG26. @throws DomainError `forbidden` */
export function demandStageable({ code, mayStage }: Pick<Indicator, 'code' | 'mayStage'>): void {
  if (!mayStage) throw refuse('forbidden', { vi: `${code} không được chiếu`, en: `${code} is not shown on a stage` });
}

/**
 * FG65: rows by name are shown to others than their owners only to whoever knows how many they are.
 * @throws DomainError `bad-request`, `conflict`
 */
export function demandConfirmed(count: number, confirmed: number | undefined): void {
  if (confirmed === undefined)
    throw refuse('bad-request', {
      vi: `Mọi người sẽ thấy tên của ${count} đơn vị: cần xác nhận`,
      en: `all will see ${count} units by name: this is confirmed`,
    });
  if (confirmed !== count)
    throw refuse('conflict', {
      vi: `Mọi người sẽ thấy tên của ${count} đơn vị, không phải ${confirmed}`,
      en: `all will see ${count} units by name, and not ${confirmed}`,
    });
}

/**
 * FG25: figures come on the stage in the place of those that are there. undefined: they are there already. Pure.
 * @throws DomainError `not-live`, `briefing-closed`
 */
export function showFigures(moment: StageMoment, what: StageWhat, content: KeptContent): StageStep | undefined {
  demandRunning(moment.briefing.state);
  const { what: now } = moment.stage;
  // What moves by itself is there, whatever it was put there as.
  const moves = what.depth === 'provinces' && now?.depth === 'provinces';
  if (now && isDeepStrictEqual({ ...now, mark: null, ...(moves && { n: what.n }) }, what)) return undefined;
  return { act: 'show', what, n: what.n, content };
}

/**
 * FG27: marks a unit or a period of what is shown; undefined: it is marked already. Pure.
 * @throws DomainError `conflict`, `not-live`, `briefing-closed`
 */
export function markFigures(moment: StageMoment, content: string, mark: StageMark | null): StageStep | undefined {
  demandRunning(moment.briefing.state);
  const { what, content: now } = moment.stage;
  if (!what || now !== content)
    throw refuse('conflict', {
      vi: 'Số liệu này không còn được chiếu',
      en: 'these figures are not on the stage any more',
    });
  if (isDeepStrictEqual(what.mark, mark)) return undefined;
  return { act: 'mark', what: { ...what, mark }, n: what.n, content: null };
}

/** FG28. undefined: nothing is there. Pure. */
export function clearFigures({ stage }: StageMoment, n: number, content: KeptContent | null): StageStep | undefined {
  return stage.what ? { act: 'clear', what: null, n, content } : undefined;
}

/** FG102: figures take the place of whatever is shown beside people; with a clear, they alone leave it. */
export const besideShown: Placing = { act: 'figures.show', decide: () => ({ kind: 'figures' }) };
export const besideCleared: Placing = {
  act: 'figures.clear',
  decide: (now) => (now?.kind === 'figures' ? null : undefined),
};

/** FG27: whether it is in what is shown. */
export function isIn({ picture, communes }: StagedContent, mark: StageMark): boolean {
  switch (mark.kind) {
    case 'unit':
      return (
        codeOf(picture.root) === mark.unit ||
        picture.units.some(([code]) => code === mark.unit) ||
        (communes?.units.some((path) => codeOf(path) === mark.unit) ?? false)
      );
    case 'period':
      return startsIn(picture).includes(Date.parse(mark.period));
  }
}
