import { Phone } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { codeOf, type FigureCard, type FigureFrame, type Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import type { Classes } from '../../staged/classes.ts';
import { AnswersFor } from '../contact/AnswersFor.tsx';
import { figureDeskWords } from '../words/desk.vi.ts';
import { coverageIn } from './coverageIn.ts';
import { Extremes } from './Extremes.tsx';
import { Legend } from './Legend.tsx';
import { stateAt } from './mapPlaces.ts';
import { NowOnly } from './past/Past.tsx';
import { Revisions } from './Revisions.tsx';
import { Series } from './Series.tsx';
import { useFigureText } from './useFigureText.ts';
import { useSeries } from './useSeries.ts';

interface FigureSideProps {
  readonly indicator: Indicator;
  readonly card: FigureCard;
  readonly frame: FigureFrame;
  readonly roster: RosterView;
  /** What the map shows, and the unit that was chosen in it: paths. */
  readonly place: string;
  readonly chosen: string;
  readonly classes: Classes;
  readonly view: 'value' | 'coverage';
  readonly onChoose: (path: string) => void;
  readonly onCall: (path: string) => void;
  readonly children: ReactNode;
}

/** Beside the map: the chosen unit with its series, what the patterns mean, and who is at either end. */
export function FigureSide(props: FigureSideProps) {
  const { indicator, card, frame, roster, place, chosen, classes, view, onChoose, onCall, children } = props;
  const { t, number, language } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  const cell = frame.units.indexOf(chosen);
  const upper = frame.upper.find(({ unit }) => unit === codeOf(chosen));
  const value = cell >= 0 ? (frame.values[cell] ?? null) : (upper?.value ?? null);
  const name = roster.byCode.get(codeOf(chosen))?.name ?? codeOf(chosen);
  const { points, breaks, failed } = useSeries(indicator.code, codeOf(chosen), card.n);
  const series = points?.map((point) => point.value);
  const there = series?.filter((one) => one !== null) ?? [];
  const coverage = useMemo(() => coverageIn(frame, place), [frame, place]);
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
            cell >= 0 ? t.state[stateAt(frame, cell)] : upper && text.coverage(upper),
            frame.former?.includes(cell) && t.formerUnit,
            text.period(frame.period),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <div className="figure-history">
          {series && there.length > 0 && (
            <Series
              series={series}
              breaks={breaks}
              width={300}
              height={56}
              label={t.seriesOf(name, text.value(Math.min(...there)), text.value(Math.max(...there)))}
            />
          )}
        </div>
        <p className={failed ? 'stale' : 'soft num figure-ends'}>
          {failed && t.seriesFailed}
          {there.length > 0 && points && (
            <>
              <span>{text.period(points[0]?.period ?? frame.period)}</span>
              <span>
                {t.lowest.toLowerCase()} {text.bare(Math.min(...there))}, {t.highest.toLowerCase()}{' '}
                {text.bare(Math.max(...there))}
              </span>
            </>
          )}
        </p>
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
            <button type="button" className="button primary" onClick={() => onCall(chosen)}>
              <Phone size={18} aria-hidden />
              {t.callUnit(name)}
            </button>
          </NowOnly>
        )}
      </section>
      <Legend {...{ indicator, classes, view }} counts={coverage} number={number} />
      <p className="soft">{t.owner(indicator.owner?.[language], number(indicator.version))}</p>
      <Extremes {...{ indicator, frame, roster, place, chosen, onChoose, onCall }} />
    </aside>
  );
}
