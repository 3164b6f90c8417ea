import { type FormEvent, useRef, useState } from 'react';
import { isOwing, type Phase } from '../../api/channel/rounds.ts';
import type { EnterAsk, Entry, Round } from '../../api/contract.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import { FormFoot } from '../../ui/FormFoot.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { readSteps } from '../number/readSteps.ts';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { numberWords } from '../words/number.vi.ts';
import { numberDeskWords } from '../words/numberDesk.vi.ts';
import type { TableUnit } from './entryTable.ts';
import { useSheetAct } from './useSheetAct.ts';
import './openRoundSheet.css';
import { serverNow } from '../../lib/serverClock.ts';

type As = EnterAsk['as'];

interface EnterSheetProps {
  readonly round: Round;
  readonly phase: Phase;
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
export function EnterSheet({ round, phase, unit, entry, onEntered, onClose }: EnterSheetProps) {
  const { t: r, language, steps: write } = useText(rollcallDeskWords);
  const { t: n } = useText(numberDeskWords);
  const { t: w } = useText(numberWords);
  const told = useEnteredToast();
  const { run, busy, problem } = useSheetAct();
  const key = useRef(crypto.randomUUID());
  // The answer that was there when the sheet was opened: one that comes while it is read is not confirmed unseen.
  const [seen] = useState(entry);
  const choices = choicesOf(round, phase, seen);
  // It goes on record as said by this official, so nothing is chosen beforehand where there is a choice.
  const [as, setAs] = useState<As | undefined>(choices.length === 1 ? choices[0] : undefined);
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const asked = round.number;
  const [text, setText] = useState('');
  const typed = asked && readSteps(text, asked.scale, language);
  const steps = typed && 'steps' in typed ? typed.steps : undefined;
  const wrong =
    (as === 'number' && steps === undefined) ||
    (takesNumber(as) &&
      text.trim() !== '' &&
      !(asked && steps !== undefined && steps >= asked.min && steps <= asked.max));

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (wrong || as === undefined) return;
    const said = {
      ...(as === 'official' && name.trim() && { name: name.trim() }),
      ...(note.trim() && { note: note.trim() }),
      ...(as === 'confirm' && seen?.own && { confirms: seen.own.nr }),
      ...(takesNumber(as) && steps !== undefined && { number: steps }),
    };
    const entered = await run('round.enter', { round: round.id, unit: unit.code, key: key.current, as, ...said });
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
                autoFocus={i === 0}
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
              maxLength={200}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
        )}
        {asked && takesNumber(as) && (
          <div className="field">
            <label htmlFor="enter-number">{w.inUnit(asked.label, asked.unit)}</label>
            <input
              id="enter-number"
              className="input"
              inputMode="decimal"
              autoComplete="off"
              required={as === 'number'}
              aria-describedby="enter-limits"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <p className="soft" id="enter-limits">
              {w.limits(write(asked.min, asked.scale), write(asked.max, asked.scale))} {w.example}
            </p>
          </div>
        )}
        <div className="field">
          <label htmlFor="enter-note">{noteLabel()}</label>
          <input
            id="enter-note"
            className="input"
            maxLength={300}
            autoComplete="off"
            required={as === 'excused' || as === 'number'}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <FormFoot
          problem={problem}
          submit={r.enterSave}
          disabled={busy || wrong || as === undefined}
          onCancel={onClose}
        />
      </form>
    </Sheet>
  );

  function noteLabel(): string {
    if (as === 'number') return n.why;
    return as === 'excused' ? r.enterWhy : r.enterNote;
  }
}

const takesNumber = (as: As | undefined): boolean => as === 'official' || as === 'number';

/** FG30: when the deadline is over and the unit has answered, there is its number to be changed. */
function choicesOf({ number }: Round, phase: Phase, entry: Entry | undefined): readonly As[] {
  if (entry?.unconfirmed) return ['confirm', 'excused'];
  const answered = entry !== undefined && !isOwing(entry) && entry.state !== 'excused';
  return number && phase !== 'open' && answered ? ['number'] : ['official', 'excused'];
}

/** Says that it is recorded and since when; the first record stands. */
export function useEnteredToast(): (name: string, entered: { entry: Pick<Entry, 'at'>; first: boolean }) => void {
  const { time } = useFormats();
  const { t: r } = useText(rollcallDeskWords);
  const { tell } = useToasts();
  return (name, { entry, first }) => {
    const when = time(entry.at ?? new Date(serverNow()).toISOString());
    tell({ text: first ? r.entered(name, when) : r.enteredBefore(name, when), tone: 'good' });
  };
}
