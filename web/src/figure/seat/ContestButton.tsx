import { useContext, useLayoutEffect, useRef, useState } from 'react';
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
  /** It takes the place of one that had it. */
  readonly focus: boolean;
  readonly onDone: () => void;
  /** It is to be seen how the value stands now. */
  readonly onFailed: () => void;
}

/** FG16: two taps: what is contested goes on counting, marked, until somebody answers or the unit withdraws. */
export function ContestButton({ act, value, focus, onDone, onFailed }: ContestButtonProps) {
  const { t } = useText(formWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const briefing = useContext(BriefingContext);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  // Sent again after an answer was lost, it is recorded once.
  const [key] = useState(() => crypto.randomUUID());
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // What was pressed is there no more. It may be answered much later, while a number is typed in.
    if (focus && document.activeElement === document.body) button.current?.focus({ preventScroll: true });
  }, [focus]);
  const press = async (): Promise<void> => {
    if (busy) return;
    if (!asked) return setAsked(true);
    setBusy(true);
    setError(undefined);
    try {
      // FG103: in a briefing what all have before them goes on record with it.
      if (briefing) await briefing.channel.act(`figure.${act}`, { key, value });
      else await formApi.act(api, act, value, key);
      onDone();
    } catch (failed) {
      setError(failed);
      onFailed();
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button small"
        aria-disabled={busy}
        // A key that is held down is one tap, also where another button takes the place of this one.
        onKeyDown={(event) => event.repeat && event.preventDefault()}
        onClick={() => void press()}
      >
        {t[act][asked ? 'sure' : 'ask']}
      </button>
      {error !== undefined && <span role="alert">{sentence(error, problems)}</span>}
    </>
  );
}
