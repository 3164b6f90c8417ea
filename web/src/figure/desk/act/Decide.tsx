import { type FormEvent, useContext, useState } from 'react';
import { type FigureActAsk, figureActedSchema, LONGEST_REASON } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { BriefingContext } from '../../../session/BriefingContext.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { sentence } from '../../../session/sentence.ts';
import { problemWords } from '../../../session/words/problem.vi.ts';
import { useToasts } from '../../../ui/Toasts.tsx';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import { figureActWords } from '../../words/act.vi.ts';

export type Decision = 'release' | 'reject' | 'contest' | 'answer' | 'withdraw';

interface DecideProps {
  /** What fits; of these, what the account may do is offered. */
  readonly decisions: readonly Decision[];
  readonly of: FigureActAsk['of'];
  /** On what it is decided, for whoever hears the buttons one by one. */
  readonly about?: string;
  readonly onDone: () => void;
}

/** FG14, FG16: an act on values, and why. */
export function Decide({ decisions, of, about, onDone }: DecideProps) {
  const { t } = useText(figureActWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api, session } = useOffice();
  const { tell } = useToasts();
  const briefing = useContext(BriefingContext);
  const [value] = 'values' in of ? of.values : [];
  const [act, setAct] = useState<Decision>();
  /** The field was there, and is no more: the focus was in it. */
  const [cancelled, setCancelled] = useState(false);
  const [busy, setBusy] = useState(false);
  // Of this decision: sent again after a failure, it is recorded once.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const offered = decisions.filter((one) => session.acts.includes(`figure.${one}`));
  if (offered.length === 0) return null;
  const submit = async (event: FormEvent<HTMLFormElement>, decided: Decision): Promise<void> => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
    if (reason === '') return;
    setBusy(true);
    try {
      // FG103: in a briefing what all have before them goes on record with it.
      if (briefing && value && decided === 'contest')
        await briefing.channel.act('figure.contest', { key, reason, value });
      else
        await api.ask('/api/figures/acts', figureActedSchema, {
          method: 'POST',
          body: { key, act: decided, reason, of },
        });
      tell({ text: t.saved[decided], tone: 'good' });
      setKey(crypto.randomUUID());
      setCancelled(false);
      setAct(undefined);
      onDone();
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
    } finally {
      setBusy(false);
    }
  };
  const cancel = (): void => {
    setCancelled(true);
    setAct(undefined);
  };
  if (!act)
    return (
      <span className="row">
        {offered.map((one, i) => (
          <button
            key={one}
            type="button"
            className="button small"
            aria-label={about && `${t[one]}: ${about}`}
            // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was just pressed
            autoFocus={cancelled && i === 0}
            onClick={() => setAct(one)}
          >
            {t[one]}
          </button>
        ))}
      </span>
    );
  return (
    <form className="stack" onSubmit={(event) => void submit(event, act)}>
      <label className="field label">
        {t.reason[act]}
        <input
          className="input"
          name="reason"
          required
          maxLength={LONGEST_REASON}
          // biome-ignore lint/a11y/noAutofocus: it was just opened by hand
          autoFocus
        />
      </label>
      <span className="row">
        <button type="submit" className="button primary small" disabled={busy}>
          {t[act]}
        </button>
        <button type="button" className="button quiet small" disabled={busy} onClick={cancel}>
          {ui.cancel}
        </button>
      </span>
    </form>
  );
}
