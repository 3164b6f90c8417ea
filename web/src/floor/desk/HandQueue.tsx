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
import './hands.css';

interface HandQueueProps {
  readonly title: string;
  readonly acts: (hand: Hand) => ReactNode;
  /** Says where each lies: many units share a name. */
  readonly roster?: RosterView | undefined;
}

/** Who asks to speak, first come first: since when, from where, and what they can send. */
export function HandQueue({ title, acts, roster }: HandQueueProps) {
  const { t } = useText(floorDeskWords);
  const { t: equipmentText } = useText(equipmentWords);
  const { floor, clockOffset } = useChannel();
  const now = useNow(clockOffset, floor.hands.length > 0);
  const lineOf = ({ seat }: Hand): string => {
    const { equipment } = seat;
    const lacks = equipment && !isWhole(equipment) && equipmentLine(equipment, equipmentText);
    return [roster?.within(seat.path), lacks].filter(Boolean).join(' · ');
  };
  return (
    <section className="hands" aria-label={title}>
      <h2>
        {title} <span className="count num">{floor.hands.length}</span>
      </h2>
      {floor.hands.length === 0 ? (
        <p className="soft empty">{t.noHands}</p>
      ) : (
        <ol>
          {floor.hands.map((hand) => (
            <li key={hand.seat.identity} className="hand">
              <HandIcon size={18} aria-hidden />
              <span className="hand-name">
                <span className="clip">{hand.seat.name}</span>
                <span className="soft num">{t.waiting(clock(now - Date.parse(hand.raisedAt)))}</span>
                {lineOf(hand) && <span className="soft clip">{lineOf(hand)}</span>}
              </span>
              <span className="hand-acts">{acts(hand)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
