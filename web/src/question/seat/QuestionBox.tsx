import { CircleCheck, CircleX, LoaderCircle, MessageCircleQuestion, Send } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { OwnQuestion } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useEntries } from '../../session/OutboxContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { Answers } from '../Answers.tsx';
import { questionWords } from '../words/question.vi.ts';
import { questionTitle } from '../words/title.vi.ts';
import { AnsweredList } from './AnsweredList.tsx';
import { isWaiting, sentenceOf } from './ownState.ts';
import { QuestionForm } from './QuestionForm.tsx';
import { RefusedQuestions } from './RefusedQuestions.tsx';
import { useAsking, useQuestionCarrier } from './useAsking.ts';
import './questionBox.css';

const icons = {
  sent: Send,
  passed: Send,
  chosen: CircleCheck,
  answered: CircleCheck,
  declined: CircleX,
  withdrawn: CircleX,
} as const;

/** The unit's question and where it stands, and the answers that all read. @param writes it was opened to write @param begun what was typed before it came */
export default function QuestionBox({ writes, begun }: { writes: boolean; begun: string }) {
  const { t } = useText(questionWords);
  const { t: title } = useText(questionTitle);
  const { channel } = useTools();
  const { briefing, questions, link } = useChannel();
  useQuestionCarrier({ channel, briefing: briefing.id, link });
  const ask = useAsking(briefing.id);
  const letters = useEntries('question.ask').filter(({ payload }) => payload.briefing === briefing.id);
  const [writing, setWriting] = useState<'new' | 'change' | undefined>(writes ? 'new' : undefined);
  const typed = useRef(begun);
  const opener = useRef<HTMLButtonElement>(null);
  useSpoken(questions.own);
  const unsent = letters.findLast(({ status }) => status === 'unsent');
  const shown = questions.own.filter(({ state }) => state.kind !== 'withdrawn');
  const current = shown.findLast(isWaiting) ?? shown.at(-1);
  const waits = current && isWaiting(current);
  const close = (): void => {
    setWriting(undefined);
    typed.current = '';
    // After the form is gone.
    requestAnimationFrame(() => opener.current?.focus());
  };
  const send = async (text: string): Promise<void> => {
    await ask(text, writing === 'change' ? current?.id : undefined);
    close();
  };
  return (
    <>
      <RefusedQuestions letters={letters} />
      {unsent && (
        <div className="question-card unsent" role="status">
          <LoaderCircle size={22} aria-hidden />
          <div className="grow">
            <strong>{t.sending}</strong>
            <p className="question-text">{unsent.payload.ask.text}</p>
          </div>
        </div>
      )}
      {current && !(unsent && waits) && writing !== 'change' && (
        <Current question={current} onChange={() => setWriting('change')} />
      )}
      {writing ? (
        <QuestionForm
          before={writing === 'change' ? current?.text : undefined}
          begun={typed.current}
          onSend={send}
          onCancel={close}
        />
      ) : (
        !waits &&
        !unsent && (
          <>
            <button ref={opener} type="button" className="button" onClick={() => setWriting('new')}>
              <MessageCircleQuestion size={20} aria-hidden />
              {current ? t.another : title.write}
            </button>
            {!current && <p className="soft question-hint">{t.hint}</p>}
          </>
        )
      )}
      {questions.answered > 0 && <AnsweredList briefing={briefing.id} />}
    </>
  );
}

function Current({ question, onChange }: { question: OwnQuestion; onChange: () => void }) {
  const { t, time } = useText(questionWords);
  const { run, pending } = useAct();
  const [asking, setAsking] = useState(false);
  const { state } = question;
  const Icon = icons[state.kind];
  return (
    <article className={`question-card ${state.kind}`}>
      <Icon size={22} aria-hidden />
      <div className="grow">
        <strong>{sentenceOf(question, t)}</strong>
        {question.joined && <p className="soft">{t.joined}</p>}
        <p className="question-text">{question.text}</p>
        <p className="soft num">{t.sentAt(time(question.at))}</p>
        {state.kind === 'answered' && <Answers {...state} />}
        {state.kind === 'sent' && (
          <div className="row question-acts">
            <button type="button" className="button small" onClick={onChange}>
              {t.change}
            </button>
            <button
              type="button"
              className="button quiet small"
              disabled={pending.has('question.withdraw')}
              onClick={() => setAsking(true)}
            >
              {t.withdraw}
            </button>
          </div>
        )}
        {asking && (
          <ConfirmSheet
            title={t.withdrawTitle}
            body={t.withdrawBody}
            confirm={t.withdraw}
            keep={t.keep}
            onConfirm={() => run('question.withdraw', { key: crypto.randomUUID(), question: question.id })}
            onClose={() => setAsking(false)}
          />
        )}
      </div>
    </article>
  );
}

/** Says once where an own question has come to; not what was so when the page came. */
function useSpoken(own: readonly OwnQuestion[]): void {
  const { t } = useText(questionWords);
  const announce = useAnnounce();
  const known = useRef<ReadonlyMap<string, string>>(undefined);
  useEffect(() => {
    const now = new Map(own.map((question) => [question.id, sentenceOf(question, t)]));
    for (const [id, said] of now)
      if (known.current && known.current.get(id) !== said) announce(t.announce(said), 'polite');
    known.current = now;
  }, [own, t, announce]);
}
