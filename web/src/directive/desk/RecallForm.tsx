import { type FormEvent, useState } from 'react';
import type { Directive, DirectiveCount } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { useToasts } from '../../ui/Toasts.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { directiveDeskWords } from '../words/desk.vi.ts';
import { directiveWords } from '../words/directive.vi.ts';
import { recallable, standingsOf } from './boardSums.ts';
import { issuerApi } from './issuerApi.ts';

interface RecallFormProps {
  readonly directive: Directive;
  readonly total: DirectiveCount | undefined;
  readonly onRecalled: (directive: Directive) => void;
  readonly onBack: () => void;
}

/** Taking a directive back: with a reason, and how many it asks to stop. */
export function RecallForm({ directive, total, onRecalled, onBack }: RecallFormProps) {
  const d = useText(directiveDeskWords).t.board;
  const { t, number } = useText(directiveWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { tell } = useToasts();
  const [busy, setBusy] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const name = t.number(directive.number, directive.year);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const why = String(new FormData(event.currentTarget).get('why') ?? '').trim();
    if (why === '') return;
    setBusy(true);
    try {
      const recalled = await issuerApi.recall(api, directive.id, { key, why });
      tell({ text: d.recalledNow(name), tone: 'good' });
      onRecalled(recalled);
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
      setBusy(false);
    }
  };
  return (
    <form className="panel stack" onSubmit={(event) => void submit(event)}>
      <h3>{d.recallTitle(name)}</h3>
      {total && <p>{d.recallBody(number(recallable(standingsOf(total))))}</p>}
      <div className="field">
        <label htmlFor="recall-why">{d.recallWhy}</label>
        {/* biome-ignore lint/a11y/noAutofocus: the form was just opened by hand */}
        <textarea id="recall-why" name="why" className="input" rows={2} maxLength={2000} required autoFocus />
      </div>
      <div className="row form-acts">
        <button type="button" className="button" onClick={onBack}>
          {ui.cancel}
        </button>
        <button type="submit" className="button danger" disabled={busy}>
          {d.recallConfirm}
        </button>
      </div>
    </form>
  );
}
