import { type FigureCoverage, type FigureState, figureStateSchema, type Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { type Classes, rangeOf, spread } from '../../staged/classes.ts';
import { shadesOf, stateColours } from '../../staged/colours.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { useFigureText } from './useFigureText.ts';
import './legend.css';

interface LegendProps {
  readonly indicator: Indicator;
  readonly classes: Classes;
  readonly view: 'value' | 'coverage';
  /** Of the place that the map shows. */
  readonly counts: FigureCoverage;
  /** Those that there may be; left out: all. */
  readonly states?: readonly FigureState[];
  readonly number: (value: number) => string;
}

/** What colours and patterns mean; of states also how many units are in each. */
export function Legend({ indicator, classes, view, counts, number, states = figureStateSchema.options }: LegendProps) {
  const { t, language } = useText(figureDeskWords);
  const { bare, states: words } = useFigureText(indicator);
  const { told } = classes;
  const shades = shadesOf(indicator);
  const last = classes.at.length;
  const shade = (nr: number): string => `var(${shades[spread(classes.strong === 'low' ? last - nr : nr, last)]})`;
  return (
    <section className="figure-legend" aria-label={t.legend}>
      {view === 'value' && (last > 0 || classes.only !== undefined) && (
        <ol className={told ? 'figure-shades told' : 'figure-shades'}>
          {[...Array(last + 1).keys()].map((nr) => (
            <li key={nr} className="num">
              <span style={{ background: shade(nr) }} aria-hidden />
              {[told && indicator.cuts?.words[nr]?.[language], rangeOf(classes, nr, t, bare)]
                .filter(Boolean)
                .join(': ')}
            </li>
          ))}
        </ol>
      )}
      <ul className="figure-states">
        {states.map((state) => (
          <li key={state} className="num">
            <span
              className={`figure-mark ${state}`}
              style={{ color: `var(${view === 'value' ? shades[3] : stateColours[state]})` }}
              aria-hidden
            />
            {words[state]} <strong>{number(counts[state])}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
