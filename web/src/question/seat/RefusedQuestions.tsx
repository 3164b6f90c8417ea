import { CircleAlert } from 'lucide-react';
import type { OutboxEntry } from '../../api/outbox/outboxEntry.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOutbox } from '../../session/OutboxContext.tsx';
import { problemWords } from '../../session/words/problem.vi.ts';
import { questionWords } from '../words/question.vi.ts';

/** What the server would not record is said, with the reason and the words, until somebody has read it. */
export function RefusedQuestions({ letters }: { letters: readonly OutboxEntry<'question.ask'>[] }) {
  const { t } = useText(questionWords);
  const { t: problems } = useText(problemWords);
  const outbox = useOutbox();
  return letters.map(
    (letter) =>
      letter.status === 'refused' && (
        <div key={letter.key} className="note bad question-refused" role="alert">
          <CircleAlert size={22} aria-hidden />
          <div className="grow">
            <strong>{t.refused}</strong>
            <p>{letter.reason === 'network' ? problems.network : problems.reason[letter.reason]}</p>
            <p className="question-text">{letter.payload.ask.text}</p>
            <button type="button" className="button small" onClick={() => void outbox.dismiss(letter.key)}>
              {t.read}
            </button>
          </div>
        </div>
      ),
  );
}
