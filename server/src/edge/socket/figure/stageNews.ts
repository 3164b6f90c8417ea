import { isDeepStrictEqual } from 'node:util';
import { type StagedFigures, type StagedMove, startsIn } from '../../../protocol/figureStage.ts';

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
  const { value, coverage, oldest, n, at } = now.picture;
  const moved = { value, coverage, oldest };
  const was = { value: old.picture.value, coverage: old.picture.coverage, oldest: old.picture.oldest };
  const units = now.picture.units.filter((unit, i) => !isDeepStrictEqual(unit, old.picture.units[i]));
  if (units.length === 0 && isDeepStrictEqual([moved, now.mark], [was, old.mark])) return undefined;
  const { briefing, version } = after;
  return { name: 'figures.stagedMove', notice: { briefing, version, mark: now.mark, n, at, ...moved, units } };
}

type Shown = NonNullable<StagedFigures['shown']>;

/** What makes it another picture. */
function fixedOf({ depth, view, picture }: Shown) {
  const { indicator, root, rootName, period, names, series, starts, value } = picture;
  // The newest point is the value of the root, which is told with what moves.
  const own = startsIn(picture).at(-1) === Date.parse(period) && series.at(-1) === value;
  const before = own ? series.slice(0, -1) : series;
  return { depth, view, indicator, root, rootName, period, names, starts, before };
}
