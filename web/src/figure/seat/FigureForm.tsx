import { type FormEvent, useRef, useState } from 'react';
import type { FormTask } from '../../api/contract.ts';
import { LONGEST_REASON } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOutbox } from '../../session/OutboxContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { formWords } from '../words/form.vi.ts';
import { FigureLine } from './FigureLine.tsx';
import { entriesOf, useTyping } from './useTyping.ts';

/** A line a number. What looks like a slip is asked about once; what was sent is kept on this computer until it is recorded. */
export function FigureForm({
  tasks,
  now,
  onSent,
  onClose,
}: {
  tasks: readonly FormTask[];
  now: string;
  onSent: () => void;
  onClose: () => void;
}) {
  const { t, number } = useText(formWords);
  const outbox = useOutbox();
  const announce = useAnnounce();
  const typing = useTyping(tasks, now);
  const [pressed, setPressed] = useState(false);
  const [reason, setReason] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const { lines, fresh, bad, unasked } = typing;
  const corrects = fresh.some((line) => line.corrects);
  const doubts = lines.some((line) => typing.doubtOf(line) !== undefined);
  const problem = !pressed
    ? undefined
    : fresh.length === 0 && bad.length === 0
      ? t.nothing
      : corrects && reason.trim() === ''
        ? t.needsReason
        : undefined;

  const toFirst = (): void => {
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setPressed(true);
    if (bad.length > 0) return toFirst();
    if (fresh.length === 0 || (corrects && reason.trim() === '')) return;
    if (unasked.length > 0) {
      typing.ask();
      announce(t.doubtHint, 'assertive');
      return toFirst();
    }
    for (const ask of entriesOf(fresh, reason, () => crypto.randomUUID()))
      await outbox.post('figure.enter', ask.key, { ask });
    onSent();
  };
  return (
    <form ref={form} className="figure-form" noValidate onSubmit={(event) => void send(event)}>
      <p className="soft">{t.hint}</p>
      {lines.map((line) => (
        <FigureLine
          key={line.id}
          task={line.task}
          text={line.text}
          typed={line.typed}
          doubt={typing.doubtOf(line)}
          fault={pressed && line.typed.kind === 'bad' ? t.bad[line.typed.why] : undefined}
          onType={(text) => typing.type(line.id, text)}
        />
      ))}
      {corrects && (
        <div className="field">
          <label htmlFor="figure-reason">{t.reason}</label>
          <input
            id="figure-reason"
            className="input"
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      )}
      <Problem text={problem} />
      <div className="acts">
        <button type="button" className="button" onClick={onClose}>
          {t.close}
        </button>
        <button type="submit" className="button primary">
          {doubts ? t.confirm : fresh.length > 0 ? t.send(number(fresh.length)) : t.sendNone}
        </button>
      </div>
    </form>
  );
}
