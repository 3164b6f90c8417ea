import { X } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { MapButton } from '../../rollcall/desk/number/MapButton.tsx';
import { RoundFigures } from '../../rollcall/desk/RoundFigures.tsx';
import type { Rounds } from '../../rollcall/desk/useRounds.ts';
import { useMedium } from '../../ui/useMedium.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import './numberCard.css';

interface NumberCardProps {
  readonly rounds: Rounds;
  readonly roster: RosterView | undefined;
  readonly onMap: (round: string) => void;
}

/**
 * FG32: on a phone the country lies below the first screen. What the leader has asked everybody for is read there, until
 * the round is over and they put it away.
 */
export function NumberCard({ rounds: { shown }, roster, onMap }: NumberCardProps) {
  const { t } = useText(uiWords);
  const narrow = useMedium('(max-width: 900px)');
  const [putAway, setPutAway] = useState<string>();
  if (!narrow || !shown?.round.number || putAway === shown.round.id) return null;
  return (
    <section className="number-card" aria-label={shown.round.number.label}>
      <RoundFigures shown={shown} roster={roster} detail="short" />
      <div className="round-acts">
        <MapButton round={shown.round} onMap={onMap} />
        {shown.phase === 'closed' && (
          <button type="button" className="button quiet small" onClick={() => setPutAway(shown.round.id)}>
            <X size={18} aria-hidden />
            {t.close}
          </button>
        )}
      </div>
    </section>
  );
}
