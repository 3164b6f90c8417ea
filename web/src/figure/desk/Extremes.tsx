import { Phone } from 'lucide-react';
import { useMemo } from 'react';
import { codeOf, type FigureFrame, type Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import type { ChangeFrame } from './change/changeFrame.ts';
import { extremesOf, movedMost } from './extremesOf.ts';
import { stateAt } from './mapPlaces.ts';
import { NowOnly } from './past/Past.tsx';
import { useFigureText } from './useFigureText.ts';

interface ExtremesProps {
  readonly indicator: Indicator;
  readonly frame: FigureFrame;
  /** FG97: those that have changed most, instead. */
  readonly change?: ChangeFrame | undefined;
  readonly roster: RosterView;
  readonly place: string;
  readonly chosen: string;
  readonly onChoose: (path: string) => void;
  readonly onCall: (path: string) => void;
}

/** The units at either end, the worse end first, each one press away from a call. */
export function Extremes({ indicator, frame, change, roster, place, chosen, onChoose, onCall }: ExtremesProps) {
  const { t } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  const { high, low } = useMemo(
    () => (change ? movedMost(change, place) : extremesOf(frame, place)),
    [frame, change, place],
  );
  const both = [
    { title: change ? t.risen : t.highest, cells: high },
    { title: change ? t.fallen : t.lowest, cells: low },
  ];
  if (indicator.cuts?.worse === 'down') both.reverse();
  return both.map(({ title, cells }) =>
    cells.length === 0 ? null : (
      <section key={title} className="figure-extremes" aria-label={title}>
        <h3>{title}</h3>
        <ol>
          {cells.map((cell) => {
            const path = frame.units[cell] ?? '';
            const name = roster.byCode.get(codeOf(path))?.name ?? codeOf(path);
            return (
              <li key={path}>
                <button
                  type="button"
                  className="extreme-unit"
                  aria-pressed={path === chosen}
                  onClick={() => onChoose(path)}
                >
                  <span className="extreme-line">
                    <span className="clip">{name}</span>
                    <strong className="num">
                      {change ? text.signed(change.changes[cell] ?? 0) : text.bare(frame.values[cell] ?? null)}
                    </strong>
                  </span>
                  <span className="extreme-line soft">
                    <span>{roster.within(path)}</span>
                    <span className="num">
                      {change ? text.value(frame.values[cell] ?? null) : text.state[stateAt(frame, cell)]}
                    </span>
                  </span>
                </button>
                <NowOnly>
                  <button
                    type="button"
                    className="button quiet icon"
                    aria-label={t.callUnit(name)}
                    title={t.callUnit(name)}
                    onClick={() => onCall(path)}
                  >
                    <Phone size={18} aria-hidden />
                  </button>
                </NowOnly>
              </li>
            );
          })}
        </ol>
      </section>
    ),
  );
}
