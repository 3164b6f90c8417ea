import { MessageCircleQuestion } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { questionDeskWords } from '../words/desk.vi.ts';
import { useWaiting } from './useWaiting.ts';
import './questionButton.css';

/** How many questions wait, where officials look anyway; opens the list. Nothing as long as nobody asked. */
export function QuestionButton({ onPress }: { onPress: () => void }) {
  const { t, number } = useText(questionDeskWords);
  const waiting = useWaiting();
  if (!waiting) return null;
  const { count, answers } = waiting;
  return (
    <button type="button" className="button small question-button" onClick={onPress}>
      <MessageCircleQuestion size={18} aria-hidden />
      <span className="num">
        {count === 0 ? t.openNone : answers ? t.openChosen(number(count)) : t.open(number(count))}
      </span>
    </button>
  );
}
