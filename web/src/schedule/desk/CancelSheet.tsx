import { useState } from 'react';
import type { Briefing } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { Problem } from '../../ui/Problem.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { scheduleWords } from '../words/schedule.vi.ts';
import { scheduleApi } from './scheduleApi.ts';

interface CancelSheetProps {
  readonly briefing: Briefing;
  readonly onCancelled: () => void;
  readonly onClose: () => void;
}

/** Asked once, with whom it reaches and a reason that is told at every door. */
export function CancelSheet({ briefing, onCancelled, onClose }: CancelSheetProps) {
  const { t, number } = useText(scheduleWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { tell } = useToasts();
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const c = t.cancelling;
  const cancel = async (): Promise<void> => {
    setBusy(true);
    setRefused(undefined);
    try {
      await scheduleApi.cancel(api, briefing.id, { epoch: briefing.epoch, reason: why.trim() });
      tell({ text: c.done, tone: 'good' });
      onCancelled();
      onClose();
    } catch (error) {
      setRefused(sentence(error, problems));
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={c.title}
      onClose={onClose}
      acts={
        <>
          <button type="button" className="button" onClick={onClose}>
            {c.keep}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={busy || why.trim() === ''}
            onClick={() => void cancel()}
          >
            {c.confirm}
          </button>
        </>
      }
    >
      <p>
        <strong>{briefing.title}</strong>
      </p>
      <p className="confirm-body">{c.body(number(briefing.expected))}</p>
      <div className="field">
        <label htmlFor="cancel-why">{c.why}</label>
        <input
          id="cancel-why"
          className="input"
          maxLength={500}
          // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand
          autoFocus
          value={why}
          onChange={({ target }) => setWhy(target.value)}
        />
      </div>
      <Problem text={refused} />
    </Sheet>
  );
}
