import { Map as MapIcon } from 'lucide-react';
import type { Round } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { numberDeskWords } from '../../words/numberDesk.vi.ts';

/** FG32: to the map of what the round asks for; nothing where it asks for no number. */
export function MapButton({ round, onMap }: { round: Round; onMap: ((round: string) => void) | undefined }) {
  const { t } = useText(numberDeskWords);
  if (!round.number || !onMap) return null;
  return (
    <button type="button" className="button small" data-way="asked" onClick={() => onMap(round.id)}>
      <MapIcon size={18} aria-hidden />
      {t.map}
    </button>
  );
}
