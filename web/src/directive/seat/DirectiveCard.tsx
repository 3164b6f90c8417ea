import { ChevronRight, FileText } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { DirectiveState } from '../DirectiveState.tsx';
import { awaitsAnswer, type InboxItem } from '../openActs.ts';
import { directiveWords } from '../words/directive.vi.ts';
import { Due } from './Due.tsx';

interface CardProps {
  readonly item: InboxItem;
  readonly unsent: boolean;
  readonly onOpen: () => void;
}

/**
 * The one directive that asks for an answer now: number, title, deadline, the beginning of the text, and one primary
 * act.
 */
export function DirectiveCard({ item, unsent, onOpen }: CardProps) {
  const { t } = useText(directiveWords);
  const { directive, follow } = item;
  return (
    <article id={`directive-${directive.id}`} className="directive-card" aria-label={directive.title}>
      <p className="directive-number">
        <FileText size={20} aria-hidden />
        {t.number(directive.number, directive.year)}
      </p>
      <h3>{directive.title}</h3>
      <Due item={item} />
      {follow.state === 'recall-asked' ? (
        <p className="directive-words">{t.recallAsked}</p>
      ) : (
        <p className="directive-words clamp">{directive.text}</p>
      )}
      {follow.reply ? (
        <p className="directive-words">
          <strong>{t.reply}:</strong> {follow.reply}
        </p>
      ) : (
        follow.question && <DirectiveState follow={follow} unsent={unsent} />
      )}
      {unsent && <DirectiveState follow={follow} unsent />}
      <button type="button" className={awaitsAnswer(item) && !unsent ? 'button primary' : 'button'} onClick={onOpen}>
        {awaitsAnswer(item) && !unsent ? t.read : t.open}
      </button>
    </article>
  );
}

/** One line of the list below: everything else that is open. */
export function DirectiveLine({ item, unsent, onOpen }: CardProps) {
  const { directive, follow } = item;
  return (
    <button id={`directive-${directive.id}`} type="button" className="directive-line" onClick={onOpen}>
      <span className="grow">
        <strong className="directive-title">{directive.title}</strong>
        <Due item={item} />
        <DirectiveState follow={follow} unsent={unsent} />
      </span>
      <ChevronRight size={20} aria-hidden />
    </button>
  );
}
