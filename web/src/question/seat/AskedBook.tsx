import { useCallback } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useEntries } from '../../session/OutboxContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { Answers } from '../Answers.tsx';
import { questionApi } from '../questionApi.ts';
import { questionWords } from '../words/question.vi.ts';
import { AnsweredBook } from './AnsweredBook.tsx';
import { sentenceOf } from './ownState.ts';
import { RefusedQuestions } from './RefusedQuestions.tsx';
import { useQuestionCarrier } from './useAsking.ts';
import './questionBox.css';

/** An answer may be written days after the briefing. */
const LOOK_MS = 60_000;

/** Outside of briefings: what the unit has asked in all of them and what became of it, and what others were answered. */
export default function AskedBook() {
  const { t, day } = useText(questionWords);
  const { t: ui } = useText(uiWords);
  const { api } = useOffice();
  useQuestionCarrier();
  const load = useCallback(() => questionApi.own(api), [api]);
  const { value, error } = usePolled(load, LOOK_MS);
  const letters = useEntries('question.ask');
  return (
    <>
      <RefusedQuestions letters={letters} />
      {!value && <p className="soft">{error === undefined ? ui.loading : t.failed}</p>}
      {value?.length === 0 && <p className="soft">{t.bookNone}</p>}
      {value?.map(({ briefing, rehearsal, question }) => (
        <article key={question.id} className="question-card">
          <div className="grow">
            <p className="soft num">
              {rehearsal && <strong>{t.rehearsal} · </strong>}
              {briefing} · {day(question.at)}
            </p>
            <p className="question-text">{question.text}</p>
            <p>
              <strong>{sentenceOf(question, t)}</strong>
            </p>
            {question.joined && <p className="soft">{t.joined}</p>}
            {question.state.kind === 'answered' && <Answers {...question.state} />}
          </div>
        </article>
      ))}
      <AnsweredBook />
    </>
  );
}
