import type { StagedPicture } from '../api/contract.ts';
import { type Classes, rangeOf, spread } from './classes.ts';
import type { StagedText } from './useStagedText.ts';

interface StagedLegendProps {
  readonly classes: Classes;
  readonly text: StagedText;
  readonly indicator: StagedPicture['indicator'];
}

/** What the colours mean. */
export function StagedLegend({ classes, text, indicator: { cuts } }: StagedLegendProps) {
  const { at, strong, told, only } = classes;
  const { t, bare, language } = text;
  const last = at.length;
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
    </ol>
  );
}
