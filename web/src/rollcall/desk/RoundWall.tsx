import { ArrowLeft, ChevronRight } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { Round } from '../../api/contract.ts';
import { useReach } from '../../floor/desk/Reach.tsx';
import { RunningCalls } from '../../floor/desk/RunningCalls.tsx';
import { SmallStage } from '../../floor/desk/SmallStage.tsx';
import { useText } from '../../i18n/useText.tsx';
import { parentOf, type RosterView, trailOf } from '../../organisation/rosterView.ts';
import { useTools } from '../../session/BriefingContext.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { EntryPanel } from './EntryPanel.tsx';
import { MapButton } from './number/MapButton.tsx';
import { NumberPlaces } from './number/NumberPlaces.tsx';
import { PlaceGrid } from './PlaceGrid.tsx';
import { childrenOf, placesOf } from './places.ts';
import { RoundActs } from './RoundActs.tsx';
import { RoundChoice } from './RoundChoice.tsx';
import { RoundFigures } from './RoundFigures.tsx';
import { RoundReceipts } from './RoundReceipts.tsx';
import type { Rounds } from './useRounds.ts';
import './roundPanel.css';
import './roundWall.css';

interface RoundWallProps {
  readonly rounds: Rounds;
  readonly roster: RosterView | undefined;
  readonly onMap?: (round: string) => void;
  /** Why a round asks these units. */
  readonly aboutOf?: (round: Round) => ReactNode;
  readonly onClose: () => void;
}

/**
 * The whole territory at one look: places with their sums, the units of the chosen one, and the stage, which goes on.
 */
export function RoundWall({ rounds, roster, onMap, aboutOf, onClose }: RoundWallProps) {
  const { t } = useText(uiWords);
  const { t: r } = useText(rollcallDeskWords);
  const { session } = useTools();
  const reach = useReach();
  const root = session.account.unit;
  const [place, setPlace] = useState(root.path);
  const byKeyboard = useRef(false);
  const { shown, choose } = rounds;
  const below = useMemo(() => roster && childrenOf(roster), [roster]);
  if (!shown || !roster || !below) return <p className="soft wall-loading">{t.loading}</p>;

  const { figures } = shown;
  const placesUnder = (path: string) => (figures ? placesOf(below.get(path) ?? [], figures) : []);
  const inside = placesUnder(place);
  // A place without counted ones below it stays chosen among its neighbours.
  const gridOf = inside.length > 0 || place === root.path ? place : parentOf(place);
  const places = gridOf === place ? inside : placesUnder(gridOf);
  const trail = trailOf(roster, root.path, place);
  const code = place.slice(place.lastIndexOf('.') + 1);
  const go = (path: string): void => setPlace(path === place ? parentOf(path) : path);

  return (
    <main className="wall">
      <div className="wall-side">
        <button type="button" className="button small wall-back" onClick={onClose}>
          <ArrowLeft size={18} aria-hidden />
          {t.back}
        </button>
        <SmallStage className="wall-stage" />
        <RunningCalls />
        {rounds.all.length > 1 && <RoundChoice rounds={rounds} />}
        <RoundFigures shown={shown} roster={roster} detail="full" />
        {aboutOf?.(shown.round)}
        <div className="round-acts">
          <MapButton round={shown.round} onMap={onMap} />
          <RoundActs shown={shown} onReopened={choose} />
        </div>
        {shown.mayAct && <RoundReceipts round={shown.round.id} version={shown.round.version} />}
      </div>
      <div
        className="wall-map"
        onKeyDownCapture={({ key }) => {
          byKeyboard.current = true;
          if (key === 'Escape' && place !== root.path) setPlace(parentOf(place));
        }}
        onPointerDownCapture={() => {
          byKeyboard.current = false;
        }}
      >
        <nav className="trail" aria-label={r.whole}>
          {trail.map((unit, i) => (
            <span key={unit.code} className="row">
              {i > 0 && <ChevronRight size={16} aria-hidden />}
              <button
                type="button"
                className="button quiet small"
                aria-current={unit.path === place ? 'location' : undefined}
                onClick={() => setPlace(unit.path)}
              >
                {i === 0 ? `${r.whole}: ${unit.name}` : unit.name}
              </button>
            </span>
          ))}
        </nav>
        {places.length > 0 && (
          <PlaceGrid key={gridOf} places={places} chosen={place} autoFocus={byKeyboard.current} onOpen={go} />
        )}
        {shown.round.number && shown.sums && (
          <NumberPlaces asked={shown.round.number} sums={shown.sums} places={places} onOpen={go} />
        )}
      </div>
      <EntryPanel
        key={shown.round.id}
        shown={shown}
        roster={roster}
        place={{ code, path: place }}
        count={figures?.counts.get(code)}
        onCall={(unit) => reach.call(unit.code, unit.name)}
      />
    </main>
  );
}
