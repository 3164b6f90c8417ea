import { Hand, LogOut } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { floorWords } from '../words/floor.vi.ts';
import type { OwnPlace } from './useOwnPlace.ts';

/**
 * Raises the hand, takes it down, or leaves: from the stage as from the green room, however one came there (FL19).
 * @param className how prominent asking for the floor is on this page
 */
export function PlaceButton({ own, className = '' }: { own: OwnPlace; className?: string }) {
  const { t } = useText(floorWords);
  const { wish, sending, act, place } = own;
  const leaves = wish === 'stage.leave';
  const said = {
    'hand.raise': t.raise,
    'hand.lower': t.lower,
    'stage.leave': place === 'green' ? t.leaveGreen : t.finish,
  };
  // Red is for who is on air.
  const look = leaves ? (place === 'green' ? '' : 'danger') : className;
  const Icon = leaves ? LogOut : Hand;
  return (
    <button type="button" className={`button ${look}`} disabled={!act} onClick={act}>
      <Icon size={22} aria-hidden />
      {sending ? t.sending : said[wish]}
    </button>
  );
}
