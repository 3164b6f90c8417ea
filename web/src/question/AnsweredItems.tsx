import { type AnsweredQuestion, inLine } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { Answers } from './Answers.tsx';
import { questionWords } from './words/question.vi.ts';

/** QU10: answered questions as everybody reads them, newest first. @param questions oldest first */
export function AnsweredItems({ questions }: { questions: readonly AnsweredQuestion[] }) {
  const { t, number } = useText(questionWords);
  return (
    <ol className="question-others">
      {questions.toReversed().map((question) => (
        <li key={question.id}>
          <strong>{[inLine(question.name), question.within].filter(Boolean).join(', ')}</strong>
          <p className="question-text">{question.text}</p>
          {question.others > 0 && <p className="soft">{t.others(number(question.others))}</p>}
          <Answers {...question} />
        </li>
      ))}
    </ol>
  );
}
