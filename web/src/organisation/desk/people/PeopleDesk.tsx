import { useState } from 'react';
import { useText } from '../../../i18n/useText.tsx';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import type { RosterView } from '../../rosterView.ts';
import { useRoster } from '../../useRoster.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { ImportPart } from './ImportPart.tsx';
import { ListsPart } from './ListsPart.tsx';
import { UnitPart } from './UnitPart.tsx';
import { UnitTree } from './UnitTree.tsx';
import { usePeople } from './usePeople.ts';
import './peopleDesk.css';
import './slips.css';

/** Units with whom to ring, accounts, links and saved lists of the territory. */
export default function PeopleDesk() {
  const { t } = useText(peopleWords);
  const { t: ui } = useText(uiWords);
  const { session } = usePeople();
  const [round, setRound] = useState(0);
  const roster = useRoster(session.account.unit.code, round);
  const [chosen, setChosen] = useState<string>();
  const unit = chosen === undefined ? undefined : roster?.byCode.get(chosen);
  if (!roster) return <p className="soft">{ui.loading}</p>;
  return (
    <div className="people" data-chosen={unit !== undefined}>
      <UnitTree roster={roster} chosen={chosen} onChoose={setChosen} />
      {unit ? (
        <UnitPart
          key={unit.code}
          unit={unit}
          roster={roster}
          hasUnitsBelow={hasBelow(roster, unit.path)}
          onBack={() => setChosen(undefined)}
        />
      ) : (
        <div className="people-unit">
          <p className="soft people-hint">{t.choose}</p>
          {session.acts.includes('roster.import') && <ImportPart onImported={() => setRound((now) => now + 1)} />}
          <ListsPart roster={roster} />
          {session.account.role === 'operator' && <p className="soft small-text">{t.accounts.keys}</p>}
        </div>
      )}
    </div>
  );
}

const hasBelow = (roster: RosterView, path: string): boolean => {
  const below = `${path}.`;
  for (const unit of roster.byCode.values()) if (unit.path.startsWith(below)) return true;
  return false;
};
