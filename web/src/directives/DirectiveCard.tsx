import { ChevronRight, FileText } from 'lucide-react';
import { useText } from '../i18n/useText.tsx';
import { useNow } from '../ui/useNow.ts';
import { awaitsAnswer, type InboxItem } from './asks.ts';
import { DirectiveState } from './DirectiveState.tsx';
import { deadlineOf } from './deadline.ts';

interface CardProps {
  readonly item: InboxItem;
  readonly unsent: boolean;
  readonly onOpen: () => void;
}

/** The one directive that asks for an answer now: number, title, deadline, the beginning of the text, and one primary act. */
export function DirectiveCard({ item, unsent, onOpen }: CardProps) {
  const text = useText();
  const { t } = text;
  const { directive, follow } = item;
  const now = useNow();
  return (
    <article className="directive-card" aria-label={directive.title}>
      <p className="directive-number">
        <FileText size={20} aria-hidden />
        {t.directives.number(directive.number, directive.year)}
      </p>
      <h3>{directive.title}</h3>
      <p className={isOver(item, now) ? 'directive-due over' : 'directive-due'}>
        {deadlineOf(directive.deadline, now, text, follow.timing === 'on-time')}
      </p>
      {follow.state === 'recall-asked' ? (
        <p className="directive-words">{t.directives.recallAsked}</p>
      ) : (
        <p className="directive-words clamp">{directive.text}</p>
      )}
      {follow.reply ? (
        <p className="directive-words">
          <strong>{t.directives.reply}:</strong> {follow.reply}
        </p>
      ) : (
        follow.question && <DirectiveState follow={follow} unsent={unsent} />
      )}
      {unsent && <DirectiveState follow={follow} unsent />}
      <button type="button" className={awaitsAnswer(item) && !unsent ? 'button primary' : 'button'} onClick={onOpen}>
        {awaitsAnswer(item) && !unsent ? t.directives.read : t.directives.open}
      </button>
    </article>
  );
}

/** One line of the list below: everything else that is open. */
export function DirectiveLine({ item, unsent, onOpen }: CardProps) {
  const text = useText();
  const { directive, follow } = item;
  const now = useNow();
  return (
    <button type="button" className="directive-line" onClick={onOpen}>
      <span className="grow">
        <strong className="directive-title">{directive.title}</strong>
        <span className={isOver(item, now) ? 'directive-due over' : 'directive-due'}>
          {deadlineOf(directive.deadline, now, text, follow.timing === 'on-time' || follow.doneAt !== null)}
        </span>
        <DirectiveState follow={follow} unsent={unsent} />
      </span>
      <ChevronRight size={20} aria-hidden />
    </button>
  );
}

const isOver = ({ directive, follow }: InboxItem, now: number): boolean =>
  directive.deadline !== null &&
  Date.parse(directive.deadline) <= now &&
  follow.doneAt === null &&
  follow.timing !== 'on-time';
