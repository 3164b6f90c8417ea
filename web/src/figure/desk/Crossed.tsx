import { Phone } from 'lucide-react';
import { useMemo } from 'react';
import type { FigureCrossing, Indicator } from '../../api/contract.ts';
import { useReach } from '../../floor/desk/Reach.tsx';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { useFigureText } from './useFigureText.ts';
import './crossed.css';
import { serverNow } from '../../lib/serverClock.ts';

interface CrossedProps {
  readonly crossed: readonly FigureCrossing[];
  readonly all: readonly Indicator[];
  readonly roster: RosterView | undefined;
}

const SHOWN = 6;

/** FG96: units whose value came into another class, the newest first, each one press from a call. Nobody is rung by it. */
export function Crossed({ crossed, all, roster }: CrossedProps) {
  const { t } = useText(figureDeskWords);
  const known = useMemo(() => new Map(all.map((indicator) => [indicator.code, indicator])), [all]);
  const lines = crossed.slice(0, SHOWN).flatMap((one) => {
    const indicator = known.get(one.indicator);
    const unit = roster?.byCode.get(one.unit);
    return indicator && unit ? [{ one, indicator, name: unit.name, within: roster?.within(unit.path) ?? '' }] : [];
  });
  if (lines.length === 0) return null;
  return (
    <section className="figure-crossed" aria-label={t.crossed}>
      <h3>{t.crossed}</h3>
      <ol>
        {lines.map(({ one, ...line }) => (
          <Line key={`${one.indicator} ${one.unit} ${one.n}`} {...{ one, ...line }} />
        ))}
      </ol>
    </section>
  );
}

interface LineProps {
  readonly one: FigureCrossing;
  readonly indicator: Indicator;
  readonly name: string;
  readonly within: string;
}

function Line({ one, indicator, name, within }: LineProps) {
  const { t, language, date, day, hour, moment } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  const reach = useReach();
  const word = (nr: number): string => indicator.cuts?.words[nr]?.[language] ?? '';
  const isOfToday = date(one.at) === date(new Date(serverNow()).toISOString());
  return (
    <li>
      <span className="clip">
        <strong>{name}</strong> <span className="soft">{within}</span>
      </span>
      <time className="soft num" dateTime={one.at} title={moment(one.at)}>
        {isOfToday ? hour(one.at) : day(one.at)}
      </time>
      <span className="num crossing">
        {text.name}: <b>{text.value(one.value)}</b>, {t.crossing(word(one.from), word(one.to))}
      </span>
      <button
        type="button"
        className="button small"
        aria-label={t.callUnit(name)}
        onClick={() => void reach.call(one.unit, name)}
      >
        <Phone size={16} aria-hidden />
        {t.call}
      </button>
    </li>
  );
}
