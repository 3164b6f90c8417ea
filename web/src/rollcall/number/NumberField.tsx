import { CircleAlert } from 'lucide-react';
import { type RefObject, useCallback, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { type AskedNumber, isDoubtful } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { withUnit } from '../../i18n/withUnit.ts';
import type { BriefingTools } from '../../session/BriefingContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { numberWords } from '../words/number.vi.ts';
import { readSteps } from './readSteps.ts';
import { useNumberWords } from './useNumberWords.ts';
import './numberField.css';

/** What is to be sent: a number, or none. undefined: it may not be sent yet, and the field says why. */
export type NumberCheck = () => { readonly number?: number } | undefined;

const REST_MS = 700;

interface NumberFieldProps {
  readonly round: string;
  readonly asked: AskedNumber;
  readonly channel: BriefingTools['channel'];
  /** What was said before, in steps. */
  readonly before: number | undefined;
  readonly check: RefObject<NumberCheck | null>;
}

/** One number: read in the language, said back in words, and asked once more when it is far from what is usual. */
export default function NumberField({ round, asked, channel, before, check }: NumberFieldProps) {
  const { t, language } = useText(numberWords);
  const { write, say } = useNumberWords(asked);
  const [text, setText] = useState(() => (before === undefined ? '' : write(before)));
  const [none, setNone] = useState(false);
  const [tried, setTried] = useState(false);
  const [doubted, setDoubted] = useState<number>();
  const confirmed = useRef<number>(undefined);
  const { usual, look } = useUsual(round, channel);
  const input = useRef<HTMLInputElement>(null);
  const question = useRef<HTMLButtonElement>(null);
  const id = useId();

  const typed = readSteps(text, asked.scale, language);
  const steps = 'steps' in typed ? typed.steps : undefined;
  const beyond = 'fault' in typed ? typed.fault === 'size' : typed.steps < asked.min || typed.steps > asked.max;
  const fault = none
    ? undefined
    : 'fault' in typed && typed.fault !== 'size'
      ? t.faults[typed.fault]
      : beyond && t.beyond(write(asked.min), write(asked.max));
  // What is being typed is not wrong before it is done; what lies beyond the limits is.
  const told = fault && (tried || beyond) ? fault : undefined;
  const said =
    none || fault || steps === undefined ? undefined : t.said(withUnit(write(steps), asked.unit), say(steps));
  useSpoken(told ?? said);
  useEffect(() => {
    if (doubted !== undefined) question.current?.focus();
  }, [doubted]);
  useImperativeHandle(check, () => () => {
    if (none) return {};
    setTried(true);
    if (steps === undefined || beyond) {
      input.current?.focus();
      return undefined;
    }
    if (steps !== confirmed.current && isDoubtful(asked, steps, usual)) {
      setDoubted(steps);
      return undefined;
    }
    return { number: steps };
  });
  const change = (value: string): void => {
    setText(value);
    setDoubted(undefined);
  };

  return (
    <div className="field number-field">
      <label htmlFor={`${id}-number`}>{t.inUnit(asked.label, asked.unit)}</label>
      <p className="soft" id={`${id}-hint`}>
        {t.limits(write(asked.min), write(asked.max))} {t.example}{' '}
        {usual !== null && t.before(withUnit(write(usual), asked.unit))}
      </p>
      <input
        ref={input}
        id={`${id}-number`}
        className="input number"
        inputMode={asked.scale === 0 && asked.min >= 0 ? 'numeric' : 'decimal'}
        autoComplete="off"
        maxLength={30}
        disabled={none}
        aria-invalid={told !== undefined}
        aria-describedby={`${id}-hint ${id}-said`}
        value={text}
        onFocus={look}
        onChange={(event) => change(event.target.value)}
      />
      <p id={`${id}-said`} className={told ? 'number-wrong' : 'number-said'}>
        {told && <CircleAlert size={20} aria-hidden />}
        {told ?? said}
      </p>
      {doubted !== undefined && (
        <div className="note warn number-doubt" role="alertdialog" aria-labelledby={`${id}-really`}>
          <p>
            <strong id={`${id}-really`}>{t.really(write(doubted))}</strong>
            {t.unusual} {usual !== null && t.before(withUnit(write(usual), asked.unit))} {t.heldThen}
          </p>
          <div className="row">
            <button
              ref={question}
              type="button"
              className="button"
              onClick={() => {
                setDoubted(undefined);
                input.current?.focus();
                input.current?.select();
              }}
            >
              {t.no}
            </button>
            <button
              type="submit"
              className="button"
              onClick={() => {
                confirmed.current = doubted;
              }}
            >
              {t.yes(write(doubted))}
            </button>
          </div>
        </div>
      )}
      <label className="choice">
        <input
          type="checkbox"
          checked={none}
          onChange={({ target }) => {
            setNone(target.checked);
            setDoubted(undefined);
          }}
        />
        {t.none}
      </label>
    </div>
  );
}

/** Read out when the typing rests, and not at each key. */
function useSpoken(text: string | undefined): void {
  const announce = useAnnounce();
  useEffect(() => {
    if (text === undefined) return;
    const rest = setTimeout(() => announce(text), REST_MS);
    return () => clearTimeout(rest);
  }, [text, announce]);
}

/** What counts of the unit in the period before; without a line nobody knows, and the server looks at it. */
function useUsual(round: string, channel: BriefingTools['channel']) {
  const [usual, setUsual] = useState<number | null>(null);
  const look = useCallback(() => {
    channel.act('round.expected', { round }).then(
      ({ value }) => setUsual(value),
      () => undefined,
    );
  }, [channel, round]);
  useEffect(look, [look]);
  return { usual, look };
}
