import { CircleAlert } from 'lucide-react';
import { type FormEvent, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { Answerer } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { BriefingTools } from '../../session/BriefingContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useNow } from '../../ui/useNow.ts';
import { useStore } from '../../ui/useStore.ts';
import type { NumberCheck } from '../number/NumberField.tsx';
import { useSpan } from '../useSpan.ts';
import { absenceWords } from '../words/absence.vi.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import { AbsenceSheet } from './AbsenceSheet.tsx';
import { AnswerNotes } from './AnswerNotes.tsx';
import type { OwnRound } from './ownRound.ts';
import { useAnswering } from './useOwnRounds.ts';
import './answerSheet.css';

export const loadNumberField = () => import('../number/NumberField.tsx');
const NumberField = lazyRetried(loadNumberField);

interface AnswerSheetProps {
  readonly own: OwnRound;
  readonly channel: BriefingTools['channel'];
  readonly unit: string;
  readonly stage: ReactNode;
  readonly about?: ReactNode;
  /** At the door: where the two digits are to be seen. */
  readonly onEnter: (() => void) | undefined;
  readonly onAnswered: () => void;
  /** Escape and a button leave one line of it. */
  readonly onFold?: () => void;
  /** Somebody has said a part of it: it stays open. */
  readonly onBegun?: () => void;
  /** It was opened by hand: beside what stands already (RC19), or in the place of that answer of the unit (RC20). */
  readonly again?: { readonly corrects: number | undefined; readonly onClose: () => void } | undefined;
}

/**
 * One question, who answers, one red button. Who answers goes on record, so nobody is chosen beforehand. Enter answers;
 * Escape folds it to one line, which stays until it is answered.
 */
export function AnswerSheet({
  own,
  channel,
  unit,
  stage,
  about,
  onEnter,
  onAnswered,
  onFold,
  onBegun,
  again,
}: AnswerSheetProps) {
  const { t } = useText(rollcallWords);
  const { t: absent } = useText(absenceWords);
  const { round, phase, letter } = own;
  const { link } = useStore(channel.state);
  const answer = useAnswering(channel);
  const announce = useAnnounce();
  // Whoever mistyped the digits has said who answers already.
  const before = letter?.status === 'refused' ? letter.payload.ask : undefined;
  const [answerer, setAnswerer] = useState(() => before?.answerer ?? only(round.answerers));
  const [name, setName] = useState(before?.name ?? '');
  const [digits, setDigits] = useState('');
  const [away, setAway] = useState(before?.absence !== undefined);
  const [busy, setBusy] = useState(false);
  const [pressed, setPressed] = useState(false);
  const first = useRef<HTMLElement>(null);
  const check = useRef<NumberCheck>(null);
  const late = phase === 'due';
  // RC11: late it is taken without them.
  const challenge = round.proof === 'challenge' && !late;
  const elsewhere = challenge && onEnter !== undefined;
  const chooses = !elsewhere && round.answerers.length > 1;
  const choosesFirst = chooses && !before;
  // Also on the way back from an absence.
  useEffect(() => {
    if (!away) first.current?.focus();
  }, [away]);

  // Whoever is asked for a number sends that, and reads so.
  const answering = round.number ? (late ? t.sendNumberLate : t.sendNumber) : late ? t.answerLate : t.answer;

  const ready = (answerer !== 'substitute' || name.trim() !== '') && (!challenge || /^\d{2}$/.test(digits));
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setPressed(true);
    if (!answerer) event.currentTarget.querySelector<HTMLInputElement>('[name=answerer]')?.focus();
    if (!answerer || !ready || busy) return;
    // The field says itself what is missing.
    const given = round.number ? check.current?.() : {};
    if (!given) {
      if (!check.current) announce(t.numberAway, 'assertive');
      return;
    }
    setBusy(true);
    const substitute = answerer === 'substitute' && { name: name.trim() };
    const corrects = again?.corrects !== undefined && { corrects: again.corrects };
    await answer(round.id, { answerer, ...substitute, ...corrects, ...(challenge && { challenge: digits }), ...given });
    onAnswered();
  };

  const notes = <AnswerNotes own={own} link={link} again={again} />;
  const foot = !late && <TimeLeft channel={channel} deadline={round.deadline} />;
  if (away)
    return (
      <AbsenceSheet
        {...{ own, channel, unit, notes, foot, onBegun, onAnswered }}
        before={before?.absence}
        corrects={again?.corrects}
        onBack={() => setAway(false)}
        onClose={again?.onClose ?? onFold}
      />
    );
  return (
    <Sheet title={round.question} className="full-sheet answer-sheet" onClose={again?.onClose ?? onFold}>
      <p className="sheet-unit">
        {unit}
        <span>
          <span>{t.round(round.nr)}</span> <span>{t.asks(round.by)}</span>
        </span>
      </p>
      {about}
      <form
        className={challenge && stage ? 'answer with-stage' : 'answer'}
        onSubmit={(event) => void send(event)}
        onChange={onBegun}
      >
        {challenge && stage && <div className="answer-stage">{stage}</div>}
        <div className="answer-words">
          {notes}
          {chooses && (
            <fieldset className="answerers" aria-describedby={pressed && !answerer ? 'answerers-missing' : undefined}>
              <legend>{t.who}</legend>
              {pressed && !answerer && (
                <p id="answerers-missing" className="answerers-missing" role="alert">
                  <CircleAlert size={20} aria-hidden /> {t.whoMissing}
                </p>
              )}
              {round.answerers.map((one, i) => (
                <label key={one} className="choice">
                  <input
                    ref={choosesFirst && i === 0 ? (first as React.RefObject<HTMLInputElement>) : undefined}
                    type="radio"
                    name="answerer"
                    checked={answerer === one}
                    onChange={() => setAnswerer(one)}
                  />
                  {t.answerer[one]}
                </label>
              ))}
            </fieldset>
          )}
          {answerer === 'substitute' && (
            <div className="field">
              <label htmlFor="substitute">{t.substituteName}</label>
              <input
                id="substitute"
                className="input"
                autoComplete="off"
                maxLength={200}
                required
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            </div>
          )}
          {round.number && !elsewhere && (
            <Suspense fallback={<NumberAway text={t.numberAway} />}>
              <NumberField
                {...{ channel, check, round: round.id, asked: round.number }}
                before={before?.number ?? numberAt(own)}
              />
            </Suspense>
          )}
          {challenge && !elsewhere && (
            <div className="field">
              <label htmlFor="digits">{t.challenge}</label>
              <p className="soft">{t.challengeHint}</p>
              <input
                id="digits"
                ref={choosesFirst ? undefined : (first as React.RefObject<HTMLInputElement>)}
                className="input digits"
                inputMode="numeric"
                autoComplete="off"
                maxLength={2}
                required
                value={digits}
                onChange={(event) => setDigits(event.target.value.replace(/\D/g, ''))}
              />
            </div>
          )}
          {elsewhere ? (
            <>
              <p className="center">{t.challengeAtDoor}</p>
              <button
                ref={first as React.RefObject<HTMLButtonElement>}
                type="button"
                className="button primary big"
                onClick={onEnter}
              >
                {t.join}
              </button>
            </>
          ) : (
            <button
              ref={challenge || choosesFirst ? undefined : (first as React.RefObject<HTMLButtonElement>)}
              type="submit"
              className="button primary big"
              disabled={busy}
              aria-disabled={!answerer || !ready}
            >
              {again?.corrects !== undefined ? t.correctSend : answering}
            </button>
          )}
          <div className="answer-others">
            <button
              type="button"
              className="button"
              onClick={() => {
                setAway(true);
                onBegun?.();
              }}
            >
              {absent.open}
            </button>
            {(again ?? onFold) && (
              <button type="button" className="button" onClick={again?.onClose ?? onFold}>
                {t.cancel}
              </button>
            )}
          </div>
          {foot}
        </div>
      </form>
    </Sheet>
  );
}

/** Without the field there is no answer to what is asked. */
const NumberAway = ({ text }: { text: string }) => (
  <p className="note warn" role="status">
    {text}
  </p>
);

const numberAt = ({ standing }: OwnRound): number | undefined =>
  standing.kind === 'recorded' || standing.kind === 'unconfirmed' ? standing.entry.number?.value : undefined;

/** By the server's clock. */
function TimeLeft({ channel, deadline }: { channel: BriefingTools['channel']; deadline: string }) {
  const { t, time } = useText(rollcallWords);
  const span = useSpan();
  const { clockOffset } = useStore(channel.state);
  const now = useNow(clockOffset);
  const left = Math.max(0, Math.ceil((Date.parse(deadline) - now) / 1000));
  return (
    <p className="sheet-left">
      {t.left}: <strong className="num">{span(left)}</strong>
      <span className="soft">{t.deadline(time(deadline))}</span>
    </p>
  );
}

/** Where one alone may answer there is nothing to choose. */
const only = (allowed: readonly Answerer[]): Answerer | undefined => (allowed.length === 1 ? allowed[0] : undefined);
