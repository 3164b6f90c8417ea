import type { StagedPicture } from '../api/contract.ts';
import { type Classes, spread } from './classes.ts';
import type { StagedText } from './useStagedText.ts';

interface StagedLegendProps {
  readonly classes: Classes;
  readonly text: StagedText;
  readonly indicator: StagedPicture['indicator'];
}

/** What the colours mean. */
export function StagedLegend({ classes: { at, strong, told }, text, indicator: { cuts } }: StagedLegendProps) {
  const { t, bare, language } = text;
  const last = at.length;
  return (
    <ol className="staged-legend num" data-worse={cuts !== undefined} aria-label={t.legend}>
      {[...Array(last + 1).keys()].map((nr) => {
        const [from, to] = [at[nr - 1], at[nr]];
        const range =
          from === undefined
            ? to === undefined
              ? ''
              : t.below(bare(to))
            : to === undefined
              ? t.from(bare(from))
              : t.between(bare(from), bare(to));
        const words = told ? cuts?.words[nr]?.[language] : undefined;
        return (
          <li key={nr}>
            <span data-shade={spread(strong === 'low' ? last - nr : nr, last)} aria-hidden />
            {[words, range].filter(Boolean).join(': ')}
          </li>
        );
      })}
    </ol>
  );
}
