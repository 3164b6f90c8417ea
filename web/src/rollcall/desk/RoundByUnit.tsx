import { useMemo } from 'react';
import { useFormats, useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useTools } from '../../session/BriefingContext.tsx';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { childrenOf, placesOf } from './places.ts';
import type { ShownRound } from './useRounds.ts';
import './placeGrid.css';

/** The units below the territory, those that miss most first, with what has just come in. */
export function RoundByUnit({
  shown: { figures, phase },
  roster,
}: {
  shown: ShownRound;
  roster: RosterView | undefined;
}) {
  const { number } = useFormats();
  const { t: r } = useText(rollcallDeskWords);
  const { session } = useTools();
  const { path } = session.account.unit;
  const below = useMemo(() => roster && childrenOf(roster).get(path), [roster, path]);
  const places = useMemo(
    () => (below && figures ? placesOf(below, figures).toSorted((a, b) => b.missing - a.missing) : []),
    [below, figures],
  );
  if (places.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <ul className="by-unit" aria-label={r.byUnit} tabIndex={0}>
      {places.map(({ unit, count, answered, missing, delta }) => (
        <li key={unit.code}>
          <span className="clip">{unit.name}</span>
          <span className="delta num">{delta > 0 && `+${number(delta)}`}</span>
          <span className="num">
            {number(answered)}/{number(count.expected)}
          </span>
          <span className={`num missing ${missing > 0 ? '' : 'soft'}`}>
            {missing > 0 ? (phase === 'closed' ? r.missing : r.waiting)(number(missing)) : r.level.full}
          </span>
        </li>
      ))}
    </ul>
  );
}
