import { ArrowUp, Ban, Combine, PenLine, Phone, Radio } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { type Decision, LONGEST_REMARK, LONGEST_WORDS, type QuestionRow } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { Answers } from '../Answers.tsx';
import { questionDeskWords } from '../words/desk.vi.ts';
import { questionWords } from '../words/question.vi.ts';

interface QuestionActsProps {
  /** What is picked, in the order of the list; at least one. */
  readonly rows: readonly QuestionRow[];
  /** The reader may answer: the stage is theirs. */
  readonly answers: boolean;
  readonly live: boolean;
  /** They lie at or below the reader's desk. */
  readonly own: boolean;
  readonly busy: boolean;
  readonly onDecide: (decision: Decision, of?: readonly string[]) => Promise<boolean>;
  readonly onCall?: ((unit: string, name: string) => void) | undefined;
}

/** What is picked, in full, and what may be done with it. */
export function QuestionActs({ rows, answers, live, own, busy, onDecide, onCall }: QuestionActsProps) {
  const { t, number } = useText(questionDeskWords);
  const [writing, setWriting] = useState<'decline' | 'write'>();
  const [first] = rows;
  if (!first) return null;
  const one = rows.length === 1 ? first : undefined;
  const open = rows.every(({ state }) => state.kind === 'sent' || state.kind === 'passed' || state.kind === 'chosen');
  const chosen = rows.every(({ state }) => state.kind === 'chosen');
  const written = one?.state.kind === 'answered' ? one.state.written : null;
  const aired = one?.state.kind === 'answered' && one.state.air !== null;
  const send = async (words: string): Promise<void> => {
    if (writing && (await onDecide({ act: writing, words }))) setWriting(undefined);
  };
  return (
    <section className="question-picked">
      {one ? <Whole row={one} /> : <h3>{t.picked(number(rows.length))}</h3>}
      {writing ? (
        <WordsForm
          key={writing}
          label={writing === 'decline' ? t.declineWhy : t.writeLabel}
          confirm={writing === 'decline' ? t.declineConfirm : t.writeConfirm}
          longest={writing === 'decline' ? LONGEST_REMARK : LONGEST_WORDS}
          before={writing === 'write' ? (written?.words ?? '') : ''}
          busy={busy}
          onSend={send}
          onCancel={() => setWriting(undefined)}
        />
      ) : (
        <div className="question-buttons">
          {one && answers && !aired && (
            <button
              type="button"
              className="button primary"
              disabled={busy || !live}
              title={live ? t.airNote : t.notLive}
              onClick={() => void onDecide({ act: 'air' })}
            >
              <Radio size={18} aria-hidden />
              {t.air}
            </button>
          )}
          {one && answers && (
            <button type="button" className="button" disabled={busy} onClick={() => setWriting('write')}>
              <PenLine size={18} aria-hidden />
              {written ? t.rewrite : t.write}
            </button>
          )}
          {open && own && !chosen && (
            <button type="button" className="button" disabled={busy} onClick={() => void onDecide({ act: 'pass' })}>
              <ArrowUp size={18} aria-hidden />
              {answers ? t.choose : t.pass}
            </button>
          )}
          {open && own && rows.length > 1 && (
            <button
              type="button"
              className="button"
              disabled={busy}
              title={t.joinInto(first.name)}
              onClick={() =>
                void onDecide(
                  { act: 'join', into: first.id },
                  rows.slice(1).map(({ id }) => id),
                )
              }
            >
              <Combine size={18} aria-hidden />
              {t.join}
            </button>
          )}
          {open && own && (
            <button type="button" className="button quiet" disabled={busy} onClick={() => setWriting('decline')}>
              <Ban size={18} aria-hidden />
              {t.decline}
            </button>
          )}
          {one && onCall && live && (
            <button type="button" className="button quiet" onClick={() => onCall(one.unit, one.name)}>
              <Phone size={18} aria-hidden />
              {t.call}
            </button>
          )}
        </div>
      )}
      {open && !own && <p className="soft">{t.onStageOnly}</p>}
    </section>
  );
}

function Whole({ row }: { row: QuestionRow }) {
  const { t, day } = useText(questionDeskWords);
  const { t: q } = useText(questionWords);
  const who = [row.person?.title, row.person?.name].filter(Boolean).join(' ');
  return (
    <>
      <h3>{row.name}</h3>
      <p className="soft">{[row.within, who, t.askedAt(day(row.at))].filter(Boolean).join(' · ')}</p>
      <p className="question-words">{row.text}</p>
      {row.state.kind === 'answered' && <Answers {...row.state} />}
      {row.state.kind === 'declined' && <p className="soft">{q.state.declined(row.state.why)}</p>}
    </>
  );
}

interface WordsFormProps {
  readonly label: string;
  readonly confirm: string;
  readonly longest: number;
  readonly before: string;
  readonly busy: boolean;
  readonly onSend: (words: string) => Promise<void>;
  readonly onCancel: () => void;
}

function WordsForm({ label, confirm, longest, before, busy, onSend, onCancel }: WordsFormProps) {
  const { t } = useText(questionDeskWords);
  const [words, setWords] = useState(before);
  const id = useId();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void onSend(words.trim());
  };
  return (
    <form className="question-words-form" onSubmit={send}>
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <textarea
          id={id}
          className="input"
          rows={4}
          maxLength={longest}
          // biome-ignore lint/a11y/noAutofocus: the form was just opened by hand
          autoFocus
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      <div className="question-buttons">
        <button type="submit" className="button primary" disabled={busy || words.trim() === ''}>
          {confirm}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
