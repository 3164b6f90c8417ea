import { type StagedFigures, type StagedMove, startsIn } from '../contract.ts';

/** Figures on the stage after what moved in them; values take the place of those before. Pure. */
export function withMove(staged: StagedFigures | undefined, move: StagedMove): StagedFigures | undefined {
  const { version, mark, units, briefing, ...root } = move;
  if (!staged?.shown || version < staged.version) return staged;
  const { picture } = staged.shown;
  const moved = new Map(units.map((unit) => [unit[0], unit]));
  const isNewest = startsIn(picture).at(-1) === Date.parse(picture.period);
  const next = {
    ...{ ...picture, ...root },
    units: picture.units.map((unit) => moved.get(unit[0]) ?? unit),
    series: isNewest ? [...picture.series.slice(0, -1), root.value] : picture.series,
  };
  return { briefing, version, shown: { ...staged.shown, mark, picture: next } };
}
