import { type KeyboardEvent, useId, useState } from 'react';
import type { SavedList } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { Problem } from '../../ui/Problem.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { organisationDeskWords } from '../words/desk.vi.ts';

interface SaveListProps {
  /** Codes; at least one. */
  readonly units: readonly string[];
  /** Names of lists that are there: the one saved under such a name takes its place. */
  readonly taken: readonly string[];
  readonly onSaved: (list: SavedList) => void;
}

/**
 * Keeps units that were picked under a name, to be picked again as one. It stands within forms, so it is none itself.
 */
export function SaveList({ units, taken, onSaved }: SaveListProps) {
  const d = useText(organisationDeskWords).t.saveList;
  const { t, number } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const field = useId();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState('');
  // Here and not as a toast, which a modal sheet would cover.
  const [saved, setSaved] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const name = text.trim();
  const save = async (): Promise<void> => {
    if (name === '' || busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const list = await api.saveList(name, units);
      setSaved(d.saved(list.name, number(list.expected)));
      setOpen(false);
      setText('');
      onSaved(list);
    } catch (error) {
      setProblem(sentence(error, problems));
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void save();
  };
  return (
    <div className="field">
      {open ? (
        <>
          <label htmlFor={field}>{d.name}</label>
          <input
            id={field}
            className="input"
            maxLength={100}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: it was just opened by hand
            autoFocus
            value={text}
            onChange={({ target }) => setText(target.value)}
            onKeyDown={onKeyDown}
          />
          <div className="row">
            <button type="button" className="button small" disabled={name === '' || busy} onClick={() => void save()}>
              {taken.includes(name) ? d.replace : d.save}
            </button>
            <button type="button" className="button quiet small" onClick={() => setOpen(false)}>
              {t.cancel}
            </button>
          </div>
          <Problem text={problem} />
        </>
      ) : (
        <div className="row">
          <button
            type="button"
            className="button quiet small"
            // biome-ignore lint/a11y/noAutofocus: the field that had the focus has just gone
            autoFocus={saved !== undefined}
            onClick={() => setOpen(true)}
          >
            {d.start}
          </button>
          <span className="soft small-text" role="status">
            {saved}
          </span>
        </div>
      )}
    </div>
  );
}
