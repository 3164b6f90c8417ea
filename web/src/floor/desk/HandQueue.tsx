import { Hand as HandIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Hand } from '../../api/contract.ts';
import { clock } from '../../i18n/formats.ts';
import { useText } from '../../i18n/useText.tsx';
import { equipmentLine, isWhole } from '../../organisation/equipmentLine.ts';
import type { RosterView } from '../../organisation/rosterView.ts';
import { equipmentWords } from '../../organisation/words/equipment.vi.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useNow } from '../../ui/useNow.ts';
import { floorDeskWords } from '../words/desk.vi.ts';
import { useHands } from './useHands.ts';
import './hands.css';

interface HandQueueProps {
  readonly title: string;
  /** @param isAway its device is not connected, and would not read an invitation */
  readonly acts: (hand: Hand, isAway: boolean) => ReactNode;
  /** Says where each lies: many units share a name. */
  readonly roster?: RosterView | undefined;
}

/**
 * Who asks to speak, first come first: since when, from where, and what they can send. Whoever is not connected stands
 * below and is not counted. (FL58)
 */
export function HandQueue({ title, acts, roster }: HandQueueProps) {
  const { t } = useText(floorDeskWords);
  const { t: equipmentText } = useText(equipmentWords);
  const { clockOffset } = useChannel();
  const { here, away } = useHands();
  const isEmpty = here.length + away.length === 0;
  const now = useNow(clockOffset, !isEmpty);
  const lineOf = ({ seat }: Hand): string => {
    const { equipment } = seat;
    const lacks = equipment && !isWhole(equipment) && equipmentLine(equipment, equipmentText);
    return [roster?.within(seat.path), lacks].filter(Boolean).join(' · ');
  };
  const item = (hand: Hand, isAway: boolean) => (
    <li key={hand.seat.identity} className={isAway ? 'hand away' : 'hand'}>
      <HandIcon size={18} aria-hidden />
      <span className="hand-name">
        <span className="clip">{hand.seat.name}</span>
        <span className="soft num">{t.waiting(clock(now - Date.parse(hand.raisedAt)))}</span>
        {isAway && <span className="hand-away">{t.handAway}</span>}
        {lineOf(hand) && <span className="soft clip">{lineOf(hand)}</span>}
      </span>
      <span className="hand-acts">{acts(hand, isAway)}</span>
    </li>
  );
  return (
    <section className="hands" aria-label={title}>
      <h2>
        {title} <span className="count num">{here.length}</span>
      </h2>
      {isEmpty ? (
        <p className="soft empty">{t.noHands}</p>
      ) : (
        <ol>
          {here.map((hand) => item(hand, false))}
          {away.map((hand) => item(hand, true))}
        </ol>
      )}
    </section>
  );
}
