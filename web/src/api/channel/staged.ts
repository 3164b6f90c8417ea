import { type StagedBeside, type StagedFigures, type StagedMove, startsIn } from '../contract.ts';

/** Figures on the stage after what moved in them; values take the place of those before. Pure. */
export function withMove(staged: StagedFigures | undefined, move: StagedMove): StagedFigures | undefined {
  const { version, mark, units, briefing, beside, coming, ...root } = move;
  if (!staged?.shown || version < staged.version) return staged;
  const { picture } = staged.shown;
  const moved = new Map(units.map((unit) => [unit[0], unit]));
  const next = {
    ...withSum(picture, root),
    coming: coming === undefined ? picture.coming : (coming ?? undefined),
    units: picture.units.map((unit) => moved.get(unit[0]) ?? unit),
    beside: picture.beside.map((one, i) => {
      const sum = beside?.[i];
      return sum ? { ...withSum(one, sum), coming: sum.coming } : one;
    }),
  };
  return { briefing, version, shown: { ...staged.shown, mark, picture: next } };
}

/** The newest point of a series is the value itself. */
function withSum<
  P extends Pick<StagedBeside, 'series' | 'starts' | 'period'>,
  S extends Pick<StagedBeside, 'value' | 'coverage' | 'unweighed' | 'oldest'>,
>(one: P, sum: S): P & S {
  const isNewest = startsIn(one).at(-1) === Date.parse(one.period);
  return {
    ...one,
    ...sum,
    unweighed: sum.unweighed,
    series: isNewest ? [...one.series.slice(0, -1), sum.value] : one.series,
  };
}
