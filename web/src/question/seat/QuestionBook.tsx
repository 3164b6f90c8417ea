import { Suspense, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useEntries } from '../../session/OutboxContext.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { questionTitle } from '../words/title.vi.ts';

// Opened by few.
const AskedBook = lazyRetried(() => import('./AskedBook.tsx'));

/** Outside of briefings, on any device of the unit; what this computer could not deliver is settled when it is there. */
export function QuestionBook() {
  const { t } = useText(questionTitle);
  const { t: ui } = useText(uiWords);
  const { session } = useOffice();
  const unsent = useEntries('question.ask').some(({ status }) => status !== 'recorded');
  const [wanted, setWanted] = useState(unsent);
  if (session.account.role !== 'seat') return null;
  return (
    <section className="answer-book">
      <details className="folds" open={wanted} onToggle={(event) => setWanted(event.currentTarget.open)}>
        <summary>{t.book}</summary>
        {wanted && (
          <Suspense fallback={<p className="soft">{ui.loading}</p>}>
            <AskedBook />
          </Suspense>
        )}
      </details>
    </section>
  );
}
