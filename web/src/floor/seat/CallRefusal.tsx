import { type FormEvent, useState } from 'react';
import type { Call } from '../../api/contract.ts';
import { callRefusals } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useAct } from '../../session/useAct.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { floorWords } from '../words/floor.vi.ts';

/** Why a unit can't answer. It goes on record, so nothing is chosen beforehand. */
export default function CallRefusal({ call, onBack }: { call: Call; onBack: () => void }) {
  const { t } = useText(floorWords);
  const { t: ui } = useText(uiWords);
  const { run, pending } = useAct();
  const [why, setWhy] = useState<string>();
  const [text, setText] = useState('');
  const other = why === 'other';
  const said = other ? text.trim() : why;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (said) void run('call.refuse', { call: call.id, why: said });
  };
  return (
    <form className="refusal" onSubmit={send}>
      <fieldset>
        <legend>{t.call.refuseTitle}</legend>
        {callRefusals.map((reason, i) => (
          <label key={reason} className="choice">
            <input
              type="radio"
              name="why"
              checked={why === reason}
              // biome-ignore lint/a11y/noAutofocus: the step before had the focus, and is gone
              autoFocus={i === 0}
              onChange={() => setWhy(reason)}
            />
            {t.call.refusals[reason]}
          </label>
        ))}
        <label className="choice">
          <input type="radio" name="why" checked={other} onChange={() => setWhy('other')} />
          {t.call.other}
        </label>
      </fieldset>
      {other && (
        <div className="field">
          <label htmlFor="why-text">{t.call.otherHint}</label>
          <input
            id="why-text"
            className="input"
            maxLength={300}
            value={text}
            onChange={(e) => setText(e.target.value)}
          />
        </div>
      )}
      <div className="acts">
        <button type="button" className="button" onClick={onBack}>
          {ui.back}
        </button>
        <button type="submit" className="button primary" disabled={pending.has('call.refuse') || !said}>
          {pending.has('call.refuse') ? t.sending : t.call.send}
        </button>
      </div>
    </form>
  );
}
