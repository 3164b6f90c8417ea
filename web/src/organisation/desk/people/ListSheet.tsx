import { X } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import type { SavedList } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import type { RosterView } from '../../rosterView.ts';
import { organisationDeskWords } from '../../words/desk.vi.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { UnitPicker } from '../UnitPicker.tsx';
import { usePeople } from './usePeople.ts';

interface ListSheetProps {
  /** undefined: a new one. */
  readonly list: SavedList | undefined;
  readonly taken: readonly string[];
  readonly roster: RosterView;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A saved list: its name, and the subtrees that it is made of. */
export function ListSheet({ list, taken, roster, onDone, onClose }: ListSheetProps) {
  const { t: words } = useText(peopleWords);
  const t = words.lists;
  const { t: picker } = useText(organisationDeskWords);
  const { t: ui } = useText(uiWords);
  const { api } = useOffice();
  const { people, busy, run } = usePeople();
  const form = useId();
  const [name, setName] = useState(list?.name ?? '');
  const [units, setUnits] = useState<readonly string[]>(list?.units ?? []);
  const wanted = name.trim();
  const isTaken = wanted !== list?.name && taken.includes(wanted);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      if (list && wanted !== list.name) await people.renameList(list.name, wanted);
      await api.saveList(wanted, units);
    }, t.saved(wanted)).then((done) => {
      onDone();
      if (done) onClose();
    });
  };
  return (
    <Sheet
      title={list ? t.edit(list.name) : t.make}
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
            disabled={busy || wanted === '' || isTaken || units.length === 0}
          >
            {t.save}
          </button>
        </>
      }
    >
      <form id={form} className="stack desk" onSubmit={save}>
        <label className="field">
          <span className="label">{t.name}</span>
          <input
            className="input"
            maxLength={100}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand
            autoFocus
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <Problem text={isTaken ? t.taken : undefined} />
        <UnitPicker label={t.units} without={units} onPick={({ code }) => setUnits((all) => [...all, code])} />
        <ul className="picked">
          {units.map((code) => {
            const unit = roster.byCode.get(code)?.name ?? code;
            return (
              <li key={code}>
                <span className="clip">{unit}</span>
                <button
                  type="button"
                  className="button quiet icon"
                  aria-label={picker.picker.remove(unit)}
                  onClick={() => setUnits((all) => all.filter((one) => one !== code))}
                >
                  <X size={16} aria-hidden />
                </button>
              </li>
            );
          })}
        </ul>
      </form>
    </Sheet>
  );
}
