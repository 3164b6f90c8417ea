import { CircleAlert } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useText, useWordsIn } from '../../i18n/useText.tsx';
import type { BriefingTools } from '../../session/BriefingContext.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useStore } from '../../ui/useStore.ts';
import { absenceWords } from '../words/absence.vi.ts';
import type { OwnRound } from './ownRound.ts';
import { useAnswering } from './useOwnRounds.ts';
import './answerSheet.css';

interface AbsenceSheetProps {
  readonly own: OwnRound;
  readonly channel: BriefingTools['channel'];
  readonly unit: string;
  /** What stands above and below the question in every sheet of this round. */
  readonly notes: ReactNode;
  readonly foot: ReactNode;
  /** What was said before, and not taken. */
  readonly before: string | undefined;
  /** RC20: the answer of the unit in whose place it is said. */
  readonly corrects: number | undefined;
  readonly onBegun: (() => void) | undefined;
  readonly onAnswered: () => void;
  readonly onBack: () => void;
  readonly onClose: (() => void) | undefined;
}

/** RC25: somebody of the unit says that it is absent, and why. The reason goes on record, so none is chosen beforehand. */
export function AbsenceSheet({ own, channel, unit, before, corrects, ...more }: AbsenceSheetProps) {
  const { t } = useText(absenceWords);
  const answer = useAnswering(channel);
  const { round, phase } = own;
  const { briefing } = useStore(channel.state);
  /** It stands in the minutes, whose language is not the reader's. */
  const onRecord = useWordsIn(absenceWords, briefing.language).reasons;
  const reasons = Object.keys(t.reasons) as (keyof typeof t.reasons)[];
  const usual = reasons.find((one) => onRecord[one] === before);
  const [chosen, setChosen] = useState<keyof typeof t.reasons | typeof OTHER | undefined>(
    usual ?? (before === undefined ? undefined : OTHER),
  );
  const [written, setWritten] = useState(usual ? '' : (before ?? ''));
  const [pressed, setPressed] = useState(false);
  const [busy, setBusy] = useState(false);
  const reason = chosen === OTHER ? written.trim() : chosen && onRecord[chosen];

  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setPressed(true);
    const form = event.currentTarget;
    if (!reason) (form.querySelector<HTMLElement>('#absence-why') ?? form.querySelector('input'))?.focus();
    if (!reason || busy) return;
    setBusy(true);
    await answer(round.id, { absence: reason, ...(corrects !== undefined && { corrects }) });
    more.onAnswered();
  };

  return (
    <Sheet title={round.question} className="full-sheet answer-sheet" onClose={more.onClose}>
      <p className="sheet-unit">{unit}</p>
      <form className="answer" noValidate onSubmit={(event) => void send(event)} onChange={more.onBegun}>
        <div className="answer-words">
          {more.notes}
          <fieldset className="answerers" aria-describedby={pressed && !reason ? 'why-missing' : undefined}>
            <legend>{t.why}</legend>
            {pressed && !reason && (
              <p id="why-missing" className="answerers-missing" role="alert">
                <CircleAlert size={20} aria-hidden /> {t.whyMissing}
              </p>
            )}
            {([...reasons, OTHER] as const).map((one, i) => (
              <label key={one} className="choice">
                <input
                  type="radio"
                  name="absence"
                  // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand
                  autoFocus={i === 0}
                  checked={chosen === one}
                  onChange={() => setChosen(one)}
                />
                {one === OTHER ? t.other : t.reasons[one]}
              </label>
            ))}
          </fieldset>
          {chosen === OTHER && (
            <div className="field">
              <label htmlFor="absence-why">{t.otherWhy}</label>
              <input
                id="absence-why"
                className="input"
                autoComplete="off"
                maxLength={LONGEST_REASON}
                required
                value={written}
                onChange={(event) => setWritten(event.target.value)}
              />
            </div>
          )}
          <p>{phase === 'open' ? t.body : t.bodyLate}</p>
          <button type="submit" className="button primary big" disabled={busy} aria-disabled={!reason}>
            {t.send}
          </button>
          <button type="button" className="button" onClick={more.onBack}>
            {t.present}
          </button>
          {more.foot}
        </div>
      </form>
    </Sheet>
  );
}

/** Chosen where none of the usual reasons fits. */
const OTHER = '';
/** As long as any remark may be. */
const LONGEST_REASON = 300;
