import { MessageCircleQuestion } from 'lucide-react';
import { within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { questionDeskWords } from '../words/desk.vi.ts';
import './questionButton.css';

/** How many questions wait, where officials look anyway; opens the list. Nothing as long as nobody asked. */
export function QuestionButton({ onPress }: { onPress: () => void }) {
  const { t, number } = useText(questionDeskWords);
  const { session } = useTools();
  const { briefing, questions } = useChannel();
  const count = questions.tick?.count;
  if (!count || count.asked === 0) return null;
  // Who has the stage looks at what is to be answered; everybody else at what is still to be decided on.
  const answers = within(briefing.stage, session.account.unit.path);
  const waits = answers ? count.chosen : count.open;
  return (
    <button type="button" className="button small question-button" onClick={onPress}>
      <MessageCircleQuestion size={18} aria-hidden />
      <span className="num">
        {waits === 0 ? t.openNone : answers ? t.openChosen(number(waits)) : t.open(number(waits))}
      </span>
    </button>
  );
}
