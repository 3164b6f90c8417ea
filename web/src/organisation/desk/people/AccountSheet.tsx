import { type FormEvent, useId, useState } from 'react';
import { LONGEST_NAME, type Role } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { UnitPicker } from '../UnitPicker.tsx';
import { ListedIndicators } from './ListedIndicators.tsx';
import type { AccountRow } from './peopleApi.ts';
import { usePeople } from './usePeople.ts';

interface AccountSheetProps {
  readonly unit: { readonly code: string; readonly name: string };
  /** undefined: a new one. */
  readonly account?: AccountRow;
  readonly hasUnitsBelow: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** What each role may give (RT3); the server decides. */
const given: Readonly<Record<Role, readonly Role[]>> = {
  principal: ['seat', 'moderator', 'steward'],
  moderator: ['seat'],
  seat: [],
  screen: [],
  steward: [],
  operator: ['seat', 'moderator', 'principal', 'steward', 'operator'],
};

/** A new account, or another name, role or unit of one. */
export function AccountSheet({ unit, account, hasUnitsBelow, onDone, onClose }: AccountSheetProps) {
  const { t } = useText(peopleWords);
  const { t: ui } = useText(uiWords);
  const { people, session, busy, run } = usePeople();
  const form = useId();
  // Of this sheet: pressed twice, it makes one account.
  const [key] = useState(() => crypto.randomUUID());
  const [name, setName] = useState(account?.name ?? unit.name);
  const may = given[session.account.role];
  const roles = account || hasUnitsBelow ? may : may.filter((one) => one === 'seat');
  const [role, setRole] = useState<Role>(account?.role ?? roles[0] ?? 'seat');
  const [place, setPlace] = useState(unit);
  const [listed, setListed] = useState<readonly string[]>(account?.indicators ?? []);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = {
      ...{ name: name.trim(), role, unit: place.code },
      ...(role === 'steward' && { indicators: listed }),
    };
    const said = account ? t.accounts.changed(wanted.name) : t.accounts.made(wanted.name);
    void run(() => (account ? people.change(account.id, wanted) : people.make({ ...wanted, key })), said).then(
      (done) => {
        if (!done) return;
        onDone();
        onClose();
      },
    );
  };
  return (
    <Sheet
      title={account ? t.accounts.changeTitle(account.name) : t.accounts.make}
      onClose={onClose}
      acts={
        <>
          <button type="button" className="button" onClick={onClose}>
            {ui.cancel}
          </button>
          <button
            type="submit"
            form={form}
            className="button primary"
            disabled={busy || name.trim() === '' || (role === 'steward' && listed.length === 0)}
          >
            {account ? t.contacts.save : t.accounts.make}
          </button>
        </>
      }
    >
      <form id={form} className="stack" onSubmit={send}>
        <label className="field">
          <span className="label">{t.accounts.name}</span>
          <input
            className="input"
            required
            maxLength={LONGEST_NAME}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand
            autoFocus
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <label className="field">
          <span className="label">{t.accounts.role}</span>
          <select className="input" value={role} onChange={({ target }) => setRole(target.value as Role)}>
            {roles.map((one) => (
              <option key={one} value={one}>
                {t.roles[one]}
              </option>
            ))}
          </select>
        </label>
        {role === 'steward' && <ListedIndicators listed={listed} onChange={setListed} />}
        {account && (
          <>
            <p>
              <span className="label">{t.accounts.unit}</span>: {place.name}
            </p>
            <UnitPicker label={t.accounts.move} without={[place.code]} onPick={setPlace} />
            <p className="soft small-text">{t.accounts.moveHint}</p>
          </>
        )}
      </form>
    </Sheet>
  );
}
