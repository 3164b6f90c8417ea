import { Phone } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { codeOf, type FigureCard, type FigureFrame, type Indicator, within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { AnswersFor } from '../contact/AnswersFor.tsx';
import { figureDeskWords } from '../words/desk.vi.ts';
import { ChangeLegend } from './change/ChangeLegend.tsx';
import { ChangeLine } from './change/ChangeLine.tsx';
import { coverageIn } from './coverageIn.ts';
import { Extremes } from './Extremes.tsx';
import { Legend } from './Legend.tsx';
import type { MapJoins, MapView } from './mapJoins.ts';
import { stateAt } from './mapPlaces.ts';
import { NowOnly } from './past/Past.tsx';
import { PresentLegend } from './present/PresentLegend.tsx';
import { type Ranked, RankList } from './RankList.tsx';
import { Revisions } from './Revisions.tsx';
import { SeriesChart } from './series/SeriesChart.tsx';
import { useFigureText } from './useFigureText.ts';
import { useSeries } from './useSeries.ts';
import './figureValue.css';

interface FigureSideProps extends MapJoins {
  readonly indicator: Indicator;
  readonly card: FigureCard;
  readonly frame: FigureFrame;
  readonly roster: RosterView;
  /** What the map shows, and the unit that was chosen in it: paths. */
  readonly place: string;
  readonly chosen: string;
  /** FG163: of a map whose areas are places. */
  readonly ranked: Ranked | undefined;
  readonly view: MapView;
  readonly onChoose: (path: string) => void;
  readonly onCall: (path: string) => void;
  readonly children: ReactNode;
}

/** Beside the map: the chosen unit with its series, what the patterns mean, and who is at either end. */
export function FigureSide(props: FigureSideProps) {
  const { indicator, card, frame, roster, place, chosen, ranked, view, change, present } = props;
  const { onChoose, onCall, children } = props;
  const { t, number, language } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  const cell = frame.units.indexOf(chosen);
  const upper = frame.upper.find(({ unit }) => unit === codeOf(chosen));
  const value = cell >= 0 ? (frame.values[cell] ?? null) : (upper?.value ?? null);
  const name = roster.byCode.get(codeOf(chosen))?.name ?? codeOf(chosen);
  const { told, failed } = useSeries(indicator.code, codeOf(chosen), card.n);
  const coverage = useMemo(() => coverageIn(frame, place), [frame, place]);
  const shown = useMemo(() => frame.units.flatMap((path, i) => (within(path, place) ? [i] : [])), [frame.units, place]);
  const compared = view === 'change' ? change : undefined;
  return (
    <aside className="figure-side">
      {children}
      <section className="figure-chosen" aria-label={name}>
        <h3 className="clip">{name}</h3>
        <p className="soft clip">{roster.within(chosen)}</p>
        <p className="figure-value num">
          <strong>{text.bare(value)}</strong> {value !== null && text.unit}
        </p>
        <p className="soft num">
          {[
            cell >= 0
              ? stateAt(frame, cell) !== 'none' && t.state[stateAt(frame, cell)]
              : upper && text.coverage(upper),
            frame.former?.includes(cell) && t.formerUnit,
            text.period(frame.period),
            cell >= 0 && present && (present.has(chosen) ? t.here : t.away),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {compared && <ChangeLine {...{ indicator, chosen, cell, value }} change={compared} />}
        {cell >= 0 && (
          <NowOnly>
            <button type="button" className="button primary" onClick={() => onCall(chosen)}>
              <Phone size={18} aria-hidden />
              {t.callUnit(name)}
            </button>
          </NowOnly>
        )}
        <div className="figure-history">{told && <SeriesChart {...{ indicator, name, told }} />}</div>
        {failed && <p className="stale">{t.seriesFailed}</p>}
        {cell >= 0 && (
          <Revisions
            // What is being decided is of one period: in the next one it is another value.
            key={`${chosen} ${frame.period}`}
            {...{ indicator, period: frame.period }}
            unit={codeOf(chosen)}
            n={card.n}
          />
        )}
        {cell >= 0 && (
          <NowOnly>
            <AnswersFor key={`${indicator.code} ${chosen}`} indicator={indicator.code} unit={codeOf(chosen)} />
          </NowOnly>
        )}
      </section>
      {compared ? (
        <ChangeLegend {...{ indicator }} change={compared} cells={shown} />
      ) : (
        view !== 'change' && <Legend {...{ indicator, view }} counts={coverage} number={number} />
      )}
      {present && <PresentLegend present={present} units={shown.map((i) => frame.units[i] ?? '')} />}
      <p className="soft">
        {[t.owner(indicator.owner?.[language], number(indicator.version)), text.shownFrom(indicator)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {ranked && <RankList {...ranked} {...{ indicator, roster, place, chosen, onChoose }} />}
      <Extremes {...{ indicator, frame, roster, place, chosen, onChoose, onCall }} change={compared?.frame} />
    </aside>
  );
}
