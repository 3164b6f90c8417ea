import { isDeepStrictEqual } from 'node:util';
import { type StagedFigures, type StagedMove, type StagedPicture, startsIn } from '../../../protocol/figureStage.ts';

export type StageNews =
  | { readonly name: 'figures.staged'; readonly notice: StagedFigures }
  | { readonly name: 'figures.stagedMove'; readonly notice: StagedMove };

/**
 * FG66: what has to be told after what was told last: nothing, what moved, or all. Time alone is no news. Pure.
 * @param before undefined: nothing was told yet
 */
export function stageNews(before: StagedFigures | undefined, after: StagedFigures): StageNews | undefined {
  const [old, now] = [before?.shown, after.shown];
  if (!now || !old || old.content !== now.content || !isDeepStrictEqual(fixedOf(old), fixedOf(now))) {
    const same = before?.version === after.version && isDeepStrictEqual(old, now);
    // A stage on which nothing was says nothing.
    return same || (!now && !old) ? undefined : { name: 'figures.staged', notice: after };
  }
  const { n, at, before: older = [], unweighedIn = [] } = now.picture;
  const [moved, was] = [sumOf(now.picture), sumOf(old.picture)];
  const units = now.picture.units.filter((unit, i) => !isDeepStrictEqual(unit, old.picture.units[i]));
  const [beside, wasBeside] = [sumsOf(now.picture), sumsOf(old.picture)];
  const rest = {
    ...(!isDeepStrictEqual(older, old.picture.before ?? []) && { before: older }),
    ...(!isDeepStrictEqual(unweighedIn, old.picture.unweighedIn ?? []) && { unweighedIn }),
    ...(!isDeepStrictEqual(beside, wasBeside) && { beside }),
  };
  const { coming } = now.picture;
  const come = !isDeepStrictEqual(coming, old.picture.coming) && { coming: coming ?? null };
  const isSame = !come && units.length === 0 && Object.keys(rest).length === 0;
  if (isSame && isDeepStrictEqual([moved, now.mark], [was, old.mark])) return undefined;
  const { briefing, version } = after;
  return {
    name: 'figures.stagedMove',
    notice: { briefing, version, mark: now.mark, n, at, ...moved, ...come, units, ...rest },
  };
}

type Shown = NonNullable<StagedFigures['shown']>;

/** What makes it another picture. */
function fixedOf({ depth, view, ground, picture }: Shown) {
  const { indicator, root, rootName, period, names, starts } = picture;
  const others = picture.beside.map((one) => ({
    ...{ indicator: one.indicator, period: one.period, starts: one.starts, before: beforeOf(one) },
  }));
  return { depth, view, ground, indicator, root, rootName, period, names, starts, before: beforeOf(picture), others };
}

/** The newest point is the value of the root, which is told with what moves. */
function beforeOf(one: Pick<StagedPicture, 'series' | 'starts' | 'period' | 'value'>): readonly (number | null)[] {
  const { series, period, value } = one;
  const own = startsIn(one).at(-1) === Date.parse(period) && series.at(-1) === value;
  return own ? series.slice(0, -1) : series;
}

const sumsOf = ({ beside }: StagedPicture): NonNullable<StagedMove['beside']> =>
  beside.map(({ coming, ...one }) => ({ ...sumOf(one), ...(coming && { coming }) }));

const sumOf = ({
  value,
  coverage,
  unweighed,
  oldest,
}: Omit<StagedPicture['beside'][number], 'coming'> | StagedPicture) => ({
  value,
  coverage,
  ...(unweighed && { unweighed }),
  oldest,
});
