import { type Classes, rangeOf, spread } from './classes.ts';
import { isPartly } from './StagedMap.tsx';
import type { StagedCommunes } from './stagedCommunes.ts';
import { placesBelow } from './stagedRows.ts';
import { BEFORE, type StagedText } from './stagedText.ts';
import type { ShownFigures } from './useStaged.ts';

interface StagedLegendProps {
  readonly classes: Classes;
  readonly text: StagedText;
  readonly shown: ShownFigures;
  readonly communes: StagedCommunes | undefined;
}

/** What the colours mean, a cell that has none, the bar at the foot of a place, and the star at a value. */
export function StagedLegend({ classes, text, shown: { picture, ground }, communes }: StagedLegendProps) {
  const { cuts } = picture.indicator;
  const { at, strong, told, only } = classes;
  const { t, bare, language } = text;
  const last = at.length;
  // Tiles that are made of cells have none.
  const seen = placesBelow(picture, communes).filter(({ isLowest }) => !communes || isLowest || ground !== undefined);
  const isBarred = seen.some((place) => isPartly(place, picture.indicator));
  // A tile says it itself; a cell has its outline.
  const isEmpty = communes?.values.some((value) => value === null);
  // Nobody has a value: no colour is on the map.
  if (last === 0 && only === undefined) return null;
  return (
    <ol className="staged-legend num" data-worse={cuts !== undefined} aria-label={t.legend}>
      {[...Array(last + 1).keys()].map((nr) => {
        const words = told ? cuts?.words[nr]?.[language] : undefined;
        return (
          <li key={nr}>
            <span data-shade={spread(strong === 'low' ? last - nr : nr, last)} aria-hidden />
            {[words, rangeOf(classes, nr, t, bare)].filter(Boolean).join(': ')}
          </li>
        );
      })}
      {isEmpty && (
        <li>
          <span className="staged-without" aria-hidden />
          {t.without}
        </li>
      )}
      {isBarred && (
        <li>
          <span className="staged-partly" aria-hidden />
          {t.partly}
        </li>
      )}
      {seen.some(text.isBefore) && (
        <li>
          <span className="staged-before" aria-hidden>
            {BEFORE}
          </span>
          {t.ofBefore}
        </li>
      )}
    </ol>
  );
}
