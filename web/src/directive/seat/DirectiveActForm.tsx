import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { directiveWords } from '../words/directive.vi.ts';
import type { OwnAct } from './Inbox.ts';

export type FormAct = 'acknowledge' | 'refuse' | 'ask' | 'done' | 'refuse-recall';
/** The chair's name is written once. */
const NAME_KEPT = 'dh.directive.name';

interface ActFormProps {
  readonly act: FormAct;
  readonly onSend: (act: OwnAct) => void;
  readonly onCancel: () => void;
}

/** What the unit says in its own words: few fields, one button. */
export function DirectiveActForm({ act, onSend, onCancel }: ActFormProps) {
  const { t: d } = useText(directiveWords);
  const { t: ui } = useText(uiWords);
  const [busy, setBusy] = useState(false);
  const [kept] = useState(recallName);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // Browsers that answer a promise would have it taken for what ends the effect.
    void form.current?.scrollIntoView({ block: 'end' });
    // On a phone the column is lower than the form: what is typed first is seen.
    void form.current?.querySelector('.field:focus-within')?.scrollIntoView({ block: 'nearest' });
  }, []);
  const named = act === 'acknowledge' || act === 'refuse';
  const { title, words: label } = {
    acknowledge: { title: d.acknowledgeTitle, words: d.words },
    refuse: { title: d.refuseTitle, words: d.refuseWords },
    ask: { title: d.askTitle, words: d.askWords },
    done: { title: d.doneTitle, words: d.doneWords },
    'refuse-recall': { title: d.refuseRecallTitle, words: d.refuseWords },
  }[act];
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (key: string): string => String(form.get(key) ?? '').trim();
    const words = field('words');
    const name = field('name');
    if (words === '' || (named && name === '')) return;
    setBusy(true);
    if (named) keepName(name);
    if (act === 'acknowledge') onSend({ act, name, words, promised: field('promised') || null });
    else if (act === 'refuse') onSend({ act, name, words });
    else onSend({ act, words });
  };
  return (
    <form ref={form} className="panel stack act-form" onSubmit={submit}>
      <h3>{title}</h3>
      {named && (
        <div className="field">
          <label htmlFor="act-name">{act === 'refuse' ? d.refuseName : d.name}</label>
          <input
            id="act-name"
            name="name"
            className="input"
            autoComplete="name"
            maxLength={200}
            required
            defaultValue={kept}
            // biome-ignore lint/a11y/noAutofocus: the form was just opened by hand
            autoFocus={kept === ''}
          />
        </div>
      )}
      <div className="field">
        <label htmlFor="act-words">{label}</label>
        <textarea
          id="act-words"
          name="words"
          className="input"
          rows={3}
          maxLength={2000}
          required
          // biome-ignore lint/a11y/noAutofocus: the form was just opened by hand
          autoFocus={!named || kept !== ''}
          aria-describedby={act === 'acknowledge' ? 'act-hint' : undefined}
        />
        {act === 'acknowledge' && (
          <p id="act-hint" className="soft hint">
            {d.wordsHint}
          </p>
        )}
      </div>
      {act === 'acknowledge' && (
        <div className="field">
          <label htmlFor="act-promised">{d.promised}</label>
          {/* Empty, also where there is a deadline: a day that nobody chose would go on record as a promise. */}
          <input id="act-promised" name="promised" type="date" className="input" />
        </div>
      )}
      <div className="row form-acts">
        <button type="button" className="button" onClick={onCancel}>
          {ui.back}
        </button>
        <button type="submit" className="button primary" disabled={busy}>
          {d.send}
        </button>
      </div>
    </form>
  );
}

function recallName(): string {
  try {
    return localStorage.getItem(NAME_KEPT) ?? '';
  } catch {
    return '';
  }
}

function keepName(name: string): void {
  try {
    localStorage.setItem(NAME_KEPT, name);
  } catch {
    // It is typed again the next time.
  }
}
