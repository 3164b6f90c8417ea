import { Suspense, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useEntries } from '../../session/OutboxContext.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import { useAnswerCarrier } from './useOwnRounds.ts';
import './answerBook.css';

// Opened by few.
const AskedRounds = lazyRetried(() => import('./AskedRounds.tsx'));
const RefusedAnswers = lazyRetried(async () => ({ default: (await import('./RefusedAnswers.tsx')).RefusedAnswers }));

/**
 * Outside of briefings, on any device of the unit: what it was asked, what is on record of it, with receipts, and what
 * was refused. What this computer could not deliver is settled meanwhile.
 */
export function AnswerBook() {
  const { t, number } = useText(rollcallWords);
  const { t: ui } = useText(uiWords);
  const { session } = useOffice();
  useAnswerCarrier();
  const [wanted, setWanted] = useState(false);
  const entries = useEntries('round.answer');
  const unsent = entries.filter(({ status }) => status === 'unsent').length;
  if (session.account.role !== 'seat') return null;
  return (
    <section className="answer-book own-answers">
      {unsent > 0 && (
        <p className="note warn" role="status">
          {t.bookUnsent(number(unsent))}
        </p>
      )}
      {entries.some(({ status }) => status === 'refused') && (
        <Suspense fallback={null}>
          <RefusedAnswers rounds={[]} />
        </Suspense>
      )}
      <details className="round-records folds" onToggle={(event) => setWanted(event.currentTarget.open)}>
        <summary>{t.book}</summary>
        {wanted && (
          <Suspense fallback={<p className="soft">{ui.loading}</p>}>
            <AskedRounds />
          </Suspense>
        )}
      </details>
    </section>
  );
}
