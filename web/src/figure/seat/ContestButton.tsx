import { useContext, useState } from 'react';
import type { FigureValue } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { BriefingContext } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { formWords } from '../words/form.vi.ts';
import { formApi } from './formApi.ts';

interface ContestButtonProps {
  readonly act: 'contest' | 'withdraw';
  readonly value: FigureValue;
  /** It is on record, or it is to be seen how the value stands now. */
  readonly onDone: () => void;
}

/** FG16: two taps: what is contested goes on counting, marked, until somebody answers or the unit withdraws. */
export function ContestButton({ act, value, onDone }: ContestButtonProps) {
  const { t } = useText(formWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const briefing = useContext(BriefingContext);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  // Sent again after an answer was lost, it is recorded once.
  const [key] = useState(() => crypto.randomUUID());
  const press = async (): Promise<void> => {
    if (!asked) return setAsked(true);
    setBusy(true);
    setError(undefined);
    try {
      // FG103: in a briefing what all have before them goes on record with it.
      if (briefing) await briefing.channel.act(`figure.${act}`, { key, value });
      else await formApi.act(api, act, value, key);
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(false);
      onDone();
    }
  };
  return (
    <>
      <button type="button" className="button quiet small" disabled={busy} onClick={() => void press()}>
        {t[act][asked ? 'sure' : 'ask']}
      </button>
      {error !== undefined && <span role="alert">{sentence(error, problems)}</span>}
    </>
  );
}
