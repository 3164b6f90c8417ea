import { type FigureCoverage, type FigureState, figureStateSchema, type Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { Classes } from '../../staged/classes.ts';
import { shadesOf, stateColours } from '../../staged/colours.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { Shades } from './Shades.tsx';
import { useFigureText } from './useFigureText.ts';
import './legend.css';

interface LegendProps {
  readonly indicator: Indicator;
  /** Left out: its colours are told elsewhere. */
  readonly classes?: Classes;
  readonly view: 'value' | 'coverage';
  /** Of the place that the map shows. */
  readonly counts: FigureCoverage;
  /** Those that there may be; left out: all. */
  readonly states?: readonly FigureState[];
  readonly number: (value: number) => string;
}

/** What colours and patterns mean; of states also how many units are in each. */
export function Legend({ indicator, classes, view, counts, number, states = figureStateSchema.options }: LegendProps) {
  const { t } = useText(figureDeskWords);
  const { bare, states: words } = useFigureText(indicator);
  const shades = shadesOf(indicator);
  const isShaded = view === 'value' && classes !== undefined;
  return (
    <section className="figure-legend" aria-label={t.legend}>
      {isShaded && <Shades {...{ indicator, classes, bare }} />}
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
