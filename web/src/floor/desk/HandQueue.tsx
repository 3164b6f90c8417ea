import { Hand as HandIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Hand } from '../../api/contract.ts';
import { elapsed } from '../../i18n/formats.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useNow } from '../../ui/useNow.ts';
import { floorDeskWords } from '../words/desk.vi.ts';
import './hands.css';

interface HandQueueProps {
  readonly title: string;
  readonly acts: (hand: Hand) => ReactNode;
}

/** Who asks to speak, first come first. */
export function HandQueue({ title, acts }: HandQueueProps) {
  const { t } = useText(floorDeskWords);
  const { floor, clockOffset } = useChannel();
  const now = useNow(clockOffset, floor.hands.length > 0);
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
                <span className="soft num">{t.waiting(elapsed(now - Date.parse(hand.raisedAt)).slice(3))}</span>
              </span>
              <span className="hand-acts">{acts(hand)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
