import { ClipboardCheck, LayoutGrid } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import { MapButton } from './number/MapButton.tsx';
import { OpenRoundSheet } from './OpenRoundSheet.tsx';
import { RoundActs } from './RoundActs.tsx';
import { RoundChoice } from './RoundChoice.tsx';
import { RoundFigures } from './RoundFigures.tsx';
import type { Rounds } from './useRounds.ts';
import './roundPanel.css';

interface RoundPanelProps {
  readonly rounds: Rounds;
  readonly roster: RosterView | undefined;
  readonly onWall: () => void;
  /** Opens the map of a number that a round asks for; undefined: there is none on this page. */
  readonly onMap?: (round: string) => void;
  /** Beside other tables: the sums alone; all else is in the wall. */
  readonly compact?: boolean;
}

/**
 * The roll-call at an official's desk: the running round or the last one, its figures, and what may be done with it.
 */
export function RoundPanel({ rounds, roster, onWall, onMap, compact = false }: RoundPanelProps) {
  const { t } = useText(rollcallWords);
  const { t: r } = useText(rollcallDeskWords);
  const [opening, setOpening] = useState(false);
  const { shown, all, mayOpen, choose } = rounds;
  const running = shown !== undefined && shown.phase !== 'closed';
  const openButton = mayOpen && (
    <button type="button" className={running ? 'button quiet small' : 'button small'} onClick={() => setOpening(true)}>
      <ClipboardCheck size={18} aria-hidden />
      {r.open}
    </button>
  );
  return (
    <section className="round-panel" aria-label={t.title}>
      {!compact && (
        <div className="row">
          <h2 className="grow">{t.title}</h2>
          {openButton}
        </div>
      )}
      {!shown && <p className="soft empty">{r.none}</p>}
      {/* While one runs the leader reads that one, and needs the room. */}
      {shown && all.length > 1 && !(compact && running) && <RoundChoice rounds={rounds} />}
      {shown && <RoundFigures shown={shown} roster={roster} detail={compact ? 'short' : 'usual'} />}
      {(shown || compact) && (
        <div className="round-acts">
          {shown && (
            <button type="button" className="button small" data-way="round" onClick={onWall}>
              <LayoutGrid size={18} aria-hidden />
              {r.wallOpen}
            </button>
          )}
          {shown && <MapButton round={shown.round} onMap={onMap} />}
          {compact ? openButton : shown && <RoundActs shown={shown} onReopened={choose} />}
        </div>
      )}
      {opening && (
        <OpenRoundSheet
          roster={roster}
          onOpened={(round) => {
            setOpening(false);
            choose(round);
          }}
          onClose={() => setOpening(false)}
        />
      )}
    </section>
  );
}
