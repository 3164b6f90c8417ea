import type { Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { type Classes, rangeOf, spread } from '../../staged/classes.ts';
import { shadesOf } from '../../staged/colours.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import './legend.css';

interface ShadesProps {
  readonly indicator: Pick<Indicator, 'cuts'>;
  readonly classes: Classes;
  /** How a value is written. */
  readonly bare: (value: number) => string;
}

/** The colours of a map, each with the values that have it. */
export function Shades({ indicator, classes, bare }: ShadesProps) {
  const { t, language } = useText(figureDeskWords);
  const shades = shadesOf(indicator);
  const { told, strong, at, only } = classes;
  const last = at.length;
  if (last === 0 && only === undefined) return null;
  const shade = (nr: number): string => `var(${shades[spread(strong === 'low' ? last - nr : nr, last)]})`;
  return (
    <ol className={told ? 'figure-shades told' : 'figure-shades'}>
      {[...Array(last + 1).keys()].map((nr) => (
        <li key={nr} className="num">
          <span style={{ background: shade(nr) }} aria-hidden />
          {[told && indicator.cuts?.words[nr]?.[language], rangeOf(classes, nr, t, bare)].filter(Boolean).join(': ')}
        </li>
      ))}
    </ol>
  );
}
