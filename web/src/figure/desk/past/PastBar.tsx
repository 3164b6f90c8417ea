import { SkipBack, SkipForward } from 'lucide-react';
import type { FigureStop } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { zoned } from '../../../i18n/zone.ts';
import type { RosterView } from '../../../organisation/rosterView.ts';
import { DayField } from '../../../ui/DayField.tsx';
import { figurePastWords } from '../../words/past.vi.ts';
import type { Figure } from '../useFigures.ts';
import { Revised } from './Revised.tsx';
import { actBeside } from './stops.ts';
import type { TimeMachine } from './useTimeMachine.ts';
import './past.css';
import { serverNow } from '../../../lib/serverClock.ts';

interface PastBarProps {
  readonly machine: TimeMachine;
  readonly figure: Figure;
  readonly roster: RosterView | undefined;
}

/** FG80, FG81: one slider with stops at acts, and what is looked at in words that cannot be missed. */
export function PastBar({ machine, figure, roster }: PastBarProps) {
  const { t } = useText(figurePastWords);
  const { open, at } = machine;
  if (!open) return null;
  return (
    <section className="figure-past" aria-label={t.title}>
      <Slider machine={machine} />
      {at !== undefined && <Banner {...{ machine, figure, roster, at }} />}
    </section>
  );
}

function Slider({ machine }: { machine: TimeMachine }) {
  const { t, hour, date, number } = useText(figurePastWords);
  const { day, setDay, stops, more, place, go, failed } = machine;
  const last = stops?.length ?? 0;
  const said = (stop: FigureStop | undefined): string =>
    stop ? `${hour(stop.at)} · ${t.kinds[stop.kind](stop.name, number(stop.number ?? 0))}` : t.now;
  const beside = (step: 1 | -1) => (stops ? actBeside(stops, place, step) : undefined);
  const acts = [
    { step: -1, name: t.before, icon: <SkipBack size={18} aria-hidden /> },
    { step: 1, name: t.after, icon: <SkipForward size={18} aria-hidden /> },
  ] as const;
  return (
    <div className="past-line">
      <div className="row past-day">
        <label htmlFor="past-day">{t.day}</label>
        <DayField
          id="past-day"
          value={day}
          max={zoned(serverNow()).slice(0, 10)}
          onChange={(chosen) => chosen && setDay(chosen)}
        />
      </div>
      {acts.map(({ step, name, icon }) => (
        <button
          key={step}
          type="button"
          className="button quiet icon"
          aria-label={name}
          title={name}
          disabled={beside(step) === undefined}
          onClick={() => go(beside(step) ?? last)}
        >
          {icon}
        </button>
      ))}
      <input
        type="range"
        className="past-slider"
        min={0}
        max={last}
        step={1}
        value={place}
        disabled={last === 0}
        aria-label={t.slider}
        aria-valuetext={`${said(stops?.[place])}${stops?.[place] ? `, ${date(stops[place].at)}` : ''}`}
        onChange={({ target }) => go(target.valueAsNumber, true)}
      />
      <p className={failed ? 'stale past-stop' : 'soft num past-stop'} role="status">
        {failed ? t.failed : !stops ? t.loading : last === 0 ? t.noStops : said(stops[place])}
        {more && ` · ${t.more(number(last))}`}
      </p>
    </div>
  );
}

function Banner({ machine, figure, roster, at }: PastBarProps & { readonly at: string }) {
  const { t, day, moment, number } = useText(figurePastWords);
  const { past, seen, stops, go } = machine;
  return (
    <>
      <div className="past-banner">
        <p role="status">
          <strong className="num">{t.banner(day(at))}</strong>
          <span className="num">
            {!past ? t.loading : past.recorded === null ? t.nothing : t.known(number(past.n), moment(past.recorded))}
          </span>
          <span>{t.noActs}</span>
        </p>
        <button type="button" className="button primary" onClick={() => go(stops?.length ?? 0)}>
          {t.back}
        </button>
      </div>
      {past && seen && (
        <Revised key={figure.indicator.code} figure={seen} n={past.n} nowN={figure.card.n} roster={roster} />
      )}
    </>
  );
}
