import { type FormEvent, useRef, useState } from 'react';
import type { EnterAsk, Entry } from '../../api/contract.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import { FormFoot } from '../../ui/FormFoot.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import type { TableUnit } from './entryTable.ts';
import { useSheetAct } from './useSheetAct.ts';
import './openRoundSheet.css';

type As = EnterAsk['as'];

interface EnterSheetProps {
  readonly round: string;
  readonly unit: TableUnit;
  /** As it stands, if that was read. */
  readonly entry: Entry | undefined;
  readonly onEntered: () => void;
  readonly onClose: () => void;
}

/**
 * An official writes down for a unit: it answered by telephone, it need not answer, or its answer is good. All of it
 * goes on record.
 */
export function EnterSheet({ round, unit, entry, onEntered, onClose }: EnterSheetProps) {
  const { t: r } = useText(rollcallDeskWords);
  const told = useEnteredToast();
  const { run, busy, problem } = useSheetAct();
  const key = useRef(crypto.randomUUID());
  // The answer that was there when the sheet was opened: one that comes while it is read is not confirmed unseen.
  const [seen] = useState(entry);
  const choices: readonly As[] = seen?.unconfirmed ? ['confirm', 'excused'] : ['official', 'excused'];
  const [as, setAs] = useState<As>(choices[0] ?? 'official');
  const [name, setName] = useState('');
  const [note, setNote] = useState('');

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const said = {
      ...(as === 'official' && name.trim() && { name: name.trim() }),
      ...(note.trim() && { note: note.trim() }),
      ...(as === 'confirm' && seen?.own && { confirms: seen.own.nr }),
    };
    const entered = await run('round.enter', { round, unit: unit.code, key: key.current, as, ...said });
    if (!entered) return;
    told(unit.name, entered);
    onEntered();
    onClose();
  };

  return (
    <Sheet title={r.enterTitle(unit.name)} onClose={onClose}>
      <p className="soft">{unit.within}</p>
      <form className="stack enter-sheet" onSubmit={(event) => void save(event)}>
        <fieldset>
          {choices.map((one, i) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="as"
                // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand
                autoFocus={i === 0 && one !== 'official'}
                checked={as === one}
                onChange={() => setAs(one)}
              />
              {r.enterAs[one]}
            </label>
          ))}
        </fieldset>
        {as === 'official' && (
          <div className="field">
            <label htmlFor="enter-name">{r.enterName}</label>
            <input
              id="enter-name"
              className="input"
              // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand, and asks for this
              autoFocus
              maxLength={200}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor="enter-note">{as === 'excused' ? r.enterWhy : r.enterNote}</label>
          <input
            id="enter-note"
            className="input"
            maxLength={300}
            autoComplete="off"
            required={as === 'excused'}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <FormFoot problem={problem} submit={r.enterSave} disabled={busy} onCancel={onClose} />
      </form>
    </Sheet>
  );
}

/** Says that it is recorded and since when; the first record stands. */
export function useEnteredToast(): (name: string, entered: { entry: Pick<Entry, 'at'>; first: boolean }) => void {
  const { time } = useFormats();
  const { t: r } = useText(rollcallDeskWords);
  const { tell } = useToasts();
  return (name, { entry, first }) => {
    const when = time(entry.at ?? new Date().toISOString());
    tell({ text: first ? r.entered(name, when) : r.enteredBefore(name, when), tone: 'good' });
  };
}
