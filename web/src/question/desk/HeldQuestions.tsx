import { useCallback } from 'react';
import type { BriefingSummary } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { AnsweredItems } from '../AnsweredItems.tsx';
import { questionApi } from '../questionApi.ts';
import { questionDeskWords } from '../words/desk.vi.ts';
import { questionWords } from '../words/question.vi.ts';
import { questionTitle } from '../words/title.vi.ts';

interface HeldQuestionsProps {
  readonly briefing: string;
  /** Of the reader's territory. */
  readonly counts: BriefingSummary['questions'];
  readonly onOpen: () => void;
}

/** An answer may be written days after the briefing. */
const LOOK_MS = 30_000;

/** What was asked in writing in a briefing that is over, with all answers, and the way to those that still wait. */
export default function HeldQuestions({ briefing, counts, onOpen }: HeldQuestionsProps) {
  const { t: title } = useText(questionTitle);
  const { t, number } = useText(questionDeskWords);
  const { t: q } = useText(questionWords);
  const { api } = useOffice();
  const load = useCallback(() => questionApi.answered(api, briefing), [api, briefing]);
  const { value = [], error } = usePolled(load, LOOK_MS);
  if (counts.asked === 0 && value.length === 0) return null;
  return (
    <section aria-label={title.title}>
      <h3>{title.title}</h3>
      {counts.asked > 0 && (
        <p className="soft num">{t.counts(number(counts.asked), number(counts.air + counts.written))}</p>
      )}
      {error !== undefined && <p className="soft">{q.failed}</p>}
      <AnsweredItems questions={value} />
      {counts.asked > 0 && (
        <button type="button" className="button quiet" onClick={onOpen}>
          {t.openAll}
        </button>
      )}
    </section>
  );
}
