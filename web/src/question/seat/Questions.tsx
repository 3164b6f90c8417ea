import { MessageCircleQuestion } from 'lucide-react';
import { Suspense, useState } from 'react';
import { LONGEST_QUESTION } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useEntries } from '../../session/OutboxContext.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { questionTitle } from '../words/title.vi.ts';
import './questions.css';

const QuestionBox = lazyRetried(() => import('./QuestionBox.tsx'));

/**
 * QU16: the place of the unit's question beside the picture. What stands in it is fetched when the unit writes, or there
 * is something to read.
 */
export function Questions() {
  const { t } = useText(questionTitle);
  const { questions } = useChannel();
  const unread = useEntries('question.ask').some(({ status }) => status !== 'recorded');
  const [wanted, setWanted] = useState(false);
  const [begun, setBegun] = useState('');
  const some = unread || questions.own.length > 0 || questions.answered > 0;
  return (
    <section className="question-place" aria-label={t.title}>
      <h2>{t.title}</h2>
      {wanted || some ? (
        <Suspense
          fallback={
            wanted ? (
              // Until it is there: what is typed meanwhile is of the question, and no key of it is the page's.
              <textarea
                className="input"
                rows={4}
                maxLength={LONGEST_QUESTION}
                aria-label={t.write}
                // biome-ignore lint/a11y/noAutofocus: it was just opened by hand
                autoFocus
                value={begun}
                onChange={({ target }) => setBegun(target.value)}
              />
            ) : (
              <div className="question-wait" />
            )
          }
        >
          <QuestionBox writes={wanted} begun={begun} />
        </Suspense>
      ) : (
        <button type="button" className="button" onClick={() => setWanted(true)}>
          <MessageCircleQuestion size={20} aria-hidden />
          {t.write}
        </button>
      )}
    </section>
  );
}
