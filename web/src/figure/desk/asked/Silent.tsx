import { Phone } from 'lucide-react';
import { useMemo } from 'react';
import { codeOf, countedIn, type FigureFrame } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import type { RosterView } from '../../../organisation/rosterView.ts';
import { askedWords } from '../../words/asked.vi.ts';
import { figureDeskWords } from '../../words/desk.vi.ts';
import { type MapPlace, stateAt } from '../mapPlaces.ts';
import { ASKED, stateWordsOf } from '../stateWords.ts';
import { missingIn, sumAt } from './askedFrame.ts';

interface SilentProps {
  readonly frame: FigureFrame;
  readonly places: readonly MapPlace[];
  readonly roster: RosterView;
  readonly place: string;
  readonly onGo: (path: string) => void;
  readonly onChoose: (path: string) => void;
  readonly onCall: (path: string) => void;
}
/** Lines that are shown; the table has all of them. */
const SHOWN = 40;

/** Who is in no sum yet: places with the most of them first, or units, each one press away from a call. */
export function Silent({ frame, places, roster, place, onGo, onChoose, onCall }: SilentProps) {
  const { t, number } = useText(askedWords);
  const { t: desk } = useText(figureDeskWords);
  const { state } = stateWordsOf({ code: ASKED }, desk);
  const silent = useMemo(() => missingIn(frame, place), [frame, place]);
  const nameOf = (path: string): string => roster.byCode.get(codeOf(path))?.name ?? codeOf(path);
  const inside = useMemo(() => {
    const units = new Set(frame.units);
    const all = places.flatMap(({ path }) => {
      const sum = path === undefined || units.has(path) ? undefined : sumAt(frame, path);
      return path !== undefined && sum ? [{ path, sum, missing: sum.coverage.none }] : [];
    });
    return all.sort((a, b) => b.missing - a.missing);
  }, [frame, places]);
  const lacking = inside.filter(({ missing }) => missing > 0);
  if (silent.length === 0) return <p className="soft">{t.allSaid(nameOf(place))}</p>;
  const title = t.silent(number(silent.length), nameOf(place));
  const rest = (inside.length > 0 ? lacking.length : silent.length) - SHOWN;
  return (
    <section className="figure-extremes" aria-label={title}>
      <h3 className="num">{title}</h3>
      <ol>
        {inside.length > 0
          ? lacking.slice(0, SHOWN).map(({ path, sum: { coverage }, missing }) => (
              <li key={path}>
                <button type="button" className="extreme-unit" onClick={() => onGo(path)}>
                  <span className="clip">{nameOf(path)}</span>
                  <span className="num">
                    <strong>{t.missing(number(missing))}</strong>
                    <span className="soft">
                      {desk.coverage(number(countedIn(coverage)), number(coverage.expected))}
                    </span>
                  </span>
                </button>
              </li>
            ))
          : silent.slice(0, SHOWN).map((cell) => {
              const path = frame.units[cell] ?? '';
              return (
                <li key={path}>
                  <button type="button" className="extreme-unit" onClick={() => onChoose(path)}>
                    <span className="clip">{nameOf(path)}</span>
                    <span className="soft">{state[stateAt(frame, cell)]}</span>
                  </button>
                  <button
                    type="button"
                    className="button quiet icon"
                    aria-label={desk.callUnit(nameOf(path))}
                    title={desk.callUnit(nameOf(path))}
                    onClick={() => onCall(path)}
                  >
                    <Phone size={18} aria-hidden />
                  </button>
                </li>
              );
            })}
      </ol>
      {rest > 0 && <p className="soft num">{t.more(number(rest))}</p>}
    </section>
  );
}
