import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../../i18n/useText.tsx';
import type { RosterUnit, RosterView } from '../../rosterView.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { AccountsPart } from './AccountsPart.tsx';
import { ContactsPart } from './ContactsPart.tsx';
import { HistoryPart } from './HistoryPart.tsx';
import { SeatsPart } from './SeatsPart.tsx';

interface UnitPartProps {
  readonly unit: RosterUnit;
  readonly roster: RosterView;
  readonly hasUnitsBelow: boolean;
  readonly onBack: () => void;
}

/** One unit: whom to ring, its accounts, and what was done to both. */
export function UnitPart({ unit, roster, hasUnitsBelow, onBack }: UnitPartProps) {
  const { t } = useText(peopleWords);
  const [round, setRound] = useState(0);
  const done = (): void => setRound((before) => before + 1);
  return (
    <div className="people-unit">
      <div className="people-title">
        <button type="button" className="button quiet icon people-back" aria-label={t.back} onClick={onBack}>
          <ArrowLeft size={20} aria-hidden />
        </button>
        <div>
          <h2>{unit.name}</h2>
          <p className="soft">{[roster.within(unit.path), t.code(unit.code)].filter(Boolean).join(' · ')}</p>
        </div>
      </div>
      {hasUnitsBelow && <SeatsPart unit={unit} onDone={done} />}
      <ContactsPart unit={unit.code} onDone={done} />
      <AccountsPart unit={unit} roster={roster} hasUnitsBelow={hasUnitsBelow} onDone={done} />
      <HistoryPart unit={unit.code} round={round} />
    </div>
  );
}
