import { UserPlus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useText } from '../../../i18n/useText.tsx';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import type { RosterUnit, RosterView } from '../../rosterView.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { AccountCard } from './AccountCard.tsx';
import { AccountSheet } from './AccountSheet.tsx';
import type { AccountRow } from './peopleApi.ts';
import { usePeople } from './usePeople.ts';

interface AccountsPartProps {
  readonly unit: RosterUnit;
  readonly roster: RosterView;
  readonly hasUnitsBelow: boolean;
  /** Something was done, which the history tells. */
  readonly onDone: () => void;
}

/** Accounts of one unit, each with its links and the devices that are signed in. */
export function AccountsPart({ unit, roster, hasUnitsBelow, onDone }: AccountsPartProps) {
  const t = useText(peopleWords).t.accounts;
  const { t: ui } = useText(uiWords);
  const { people, session, run } = usePeople();
  const [accounts, setAccounts] = useState<readonly AccountRow[]>();
  const [making, setMaking] = useState(false);
  const load = useCallback(
    () => void run(() => people.accounts(unit.code)).then((found) => found && setAccounts(found.is)),
    [people, run, unit.code],
  );
  useEffect(load, [load]);
  const done = (): void => {
    load();
    onDone();
  };
  return (
    <section className="people-part" aria-label={t.title}>
      <div className="row">
        <h3 className="grow">{t.title}</h3>
        {session.acts.includes('account.create') && (
          <button type="button" className="button small" onClick={() => setMaking(true)}>
            <UserPlus size={16} aria-hidden />
            {t.make}
          </button>
        )}
      </div>
      {!accounts && <p className="soft">{ui.loading}</p>}
      {accounts?.length === 0 && <p className="soft">{t.none}</p>}
      {accounts?.map((account) => (
        <AccountCard
          key={account.id}
          account={account}
          hasUnitsBelow={hasUnitsBelow}
          where={[unit.name, roster.within(unit.path)].filter(Boolean).join(', ')}
          onDone={done}
        />
      ))}
      {making && (
        <AccountSheet unit={unit} hasUnitsBelow={hasUnitsBelow} onDone={done} onClose={() => setMaking(false)} />
      )}
    </section>
  );
}
