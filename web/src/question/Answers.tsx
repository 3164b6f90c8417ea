import type { AnsweredQuestion } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { questionWords } from './words/question.vi.ts';
import './answers.css';

/** How a question was answered: on air at a time, in writing with the words. */
export function Answers({ air, written }: Pick<AnsweredQuestion, 'air' | 'written'>) {
  const { t, day } = useText(questionWords);
  return (
    <div className="question-answers">
      {air && <p className="soft">{t.onAir(day(air.at), air.by)}</p>}
      {written && (
        <>
          <p className="question-words">{written.words}</p>
          <p className="soft">{t.inWriting(written.by, day(written.at))}</p>
        </>
      )}
    </div>
  );
}
