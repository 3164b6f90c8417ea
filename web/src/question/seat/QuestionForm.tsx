import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { LONGEST_QUESTION } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { questionWords } from '../words/question.vi.ts';

interface QuestionFormProps {
  /** What is changed. */
  readonly before?: string | undefined;
  /** What was typed before the form was there. */
  readonly begun: string;
  readonly onSend: (text: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** From here on the counter is worth reading. */
const NEAR = 100;

/** Writes a question, where it will stand. */
export function QuestionForm({ before = '', begun, onSend, onCancel }: QuestionFormProps) {
  const { t, number } = useText(questionWords);
  const [text, setText] = useState(before || begun);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  // Whoever had begun goes on where they are.
  useEffect(() => {
    if (begun !== '') field.current?.setSelectionRange(begun.length, begun.length);
  }, [begun]);
  const left = LONGEST_QUESTION - text.length;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    await onSend(text.trim());
  };
  return (
    <form className="question-form" onSubmit={(event) => void send(event)}>
      <div className="field">
        <label htmlFor={id}>{t.label}</label>
        <textarea
          ref={field}
          id={id}
          className="input"
          rows={4}
          maxLength={LONGEST_QUESTION}
          aria-describedby={`${id}-left`}
          // biome-ignore lint/a11y/noAutofocus: the form was just opened by hand
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-left`} className="soft num" data-near={left < NEAR}>
          {left < NEAR ? t.left(number(left)) : t.most}
        </p>
      </div>
      <div className="row question-acts">
        <button
          type="submit"
          className="button primary"
          disabled={busy || text.trim() === '' || text.trim() === before}
        >
          {before ? t.saveChange : t.send}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
