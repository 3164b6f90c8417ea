import { type FormEvent, useState } from 'react';
import { type FigureRevision, figureActedSchema, LONGEST_REASON } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { sentence } from '../../../session/sentence.ts';
import { problemWords } from '../../../session/words/problem.vi.ts';
import { useToasts } from '../../../ui/Toasts.tsx';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import { figureActWords } from '../../words/act.vi.ts';
import { decisionsOn } from './standing.ts';

interface DecideValueProps {
  readonly indicator: string;
  readonly unit: string;
  readonly period: string;
  readonly revision: FigureRevision;
  /** All that was said of this unit and period. */
  readonly all: readonly FigureRevision[];
  readonly onDone: () => void;
}
const decisions = ['release', 'reject', 'answer'] as const;
type Decision = (typeof decisions)[number];

/** FG14, FG16: what an official may decide on a value that is held, or that somebody contests. */
export function DecideValue({ indicator, unit, period, revision, all, onDone }: DecideValueProps) {
  const { t } = useText(figureActWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api, session } = useOffice();
  const { tell } = useToasts();
  const [act, setAct] = useState<Decision>();
  /** The field was there, and is no more: the focus was in it. */
  const [cancelled, setCancelled] = useState(false);
  const [busy, setBusy] = useState(false);
  // Of this decision: sent again after a failure, it is recorded once.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const fits = (one: Decision): boolean =>
    one === 'answer' ? isContested(revision) : decisionsOn(revision, all).includes(one);
  const offered = decisions.filter((one) => fits(one) && session.acts.includes(`figure.${one}`));
  if (offered.length === 0) return null;
  const submit = async (event: FormEvent<HTMLFormElement>, decided: Decision): Promise<void> => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
    if (reason === '') return;
    setBusy(true);
    try {
      const value = { indicator, unit, period, source: revision.source, revision: revision.revision };
      const body = { key, act: decided, reason, of: { values: [value] } };
      await api.ask('/api/figures/acts', figureActedSchema, { method: 'POST', body });
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
      <label className="label">
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

/** The last of what was said about it stands. */
const isContested = ({ counts, acts }: FigureRevision): boolean =>
  counts && acts.findLast(({ act }) => act !== 'release' && act !== 'reject')?.act === 'contest';
