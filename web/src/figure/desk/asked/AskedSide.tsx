import { Phone } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { codeOf, type FigureFrame, type Indicator } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import type { RosterView } from '../../../organisation/rosterView.ts';
import type { Classes } from '../../../staged/classes.ts';
import { figureDeskWords } from '../../words/desk.vi.ts';
import { coverageIn } from '../coverageIn.ts';
import { Extremes } from '../Extremes.tsx';
import { Legend } from '../Legend.tsx';
import { stateAt } from '../mapPlaces.ts';
import { useFigureText } from '../useFigureText.ts';
import { sumAt } from './askedFrame.ts';
import '../figureValue.css';

interface AskedSideProps {
  readonly indicator: Indicator;
  readonly frame: FigureFrame;
  readonly roster: RosterView;
  readonly place: string;
  readonly chosen: string;
  readonly classes: Classes;
  readonly view: 'value' | 'coverage';
  readonly onChoose: (path: string) => void;
  readonly onCall: (path: string) => void;
  readonly children: ReactNode;
}
/** Others a round has none of. */
const STATES = ['fresh', 'late', 'held', 'none'] as const;

/** Beside the map of a round's number: the chosen unit, the colours, who has said none, and who is at either end. */
export function AskedSide(props: AskedSideProps) {
  const { indicator, frame, roster, place, chosen, classes, view, onChoose, onCall, children } = props;
  const { t, number } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  const cell = frame.units.indexOf(chosen);
  const sum = sumAt(frame, chosen);
  const value = cell >= 0 ? (frame.values[cell] ?? null) : (sum?.value ?? null);
  const name = roster.byCode.get(codeOf(chosen))?.name ?? codeOf(chosen);
  const coverage = useMemo(() => coverageIn(frame, place), [frame, place]);
  return (
    <aside className="figure-side">
      <section className="figure-chosen" aria-label={name}>
        <h3 className="clip">{name}</h3>
        <p className="soft clip">{roster.within(chosen)}</p>
        <p className="figure-value num">
          <strong>{text.bare(value)}</strong> {value !== null && text.unit}
        </p>
        <p className="soft num">
          {cell >= 0 ? stateAt(frame, cell) !== 'none' && text.state[stateAt(frame, cell)] : sum && text.coverage(sum)}
        </p>
        {cell >= 0 && (
          <button type="button" className="button primary" onClick={() => onCall(chosen)}>
            <Phone size={18} aria-hidden />
            {t.callUnit(name)}
          </button>
        )}
      </section>
      {/* Above who has said none, which is longer than the page: nobody looks below for what a colour is. */}
      <Legend {...{ indicator, classes, view, number }} counts={coverage} states={STATES} />
      {children}
      <Extremes {...{ indicator, frame, roster, place, chosen, onChoose, onCall }} />
    </aside>
  );
}
