import { useText } from '../../i18n/useText.tsx';
import { useNow } from '../../ui/useNow.ts';
import { deadlineOf } from '../deadline.ts';
import type { InboxItem } from '../openActs.ts';
import { directiveWords } from '../words/directive.vi.ts';

/** Until when it is to be done, as people say it; in red once that has passed and it is not done. */
export function Due({ item: { directive, follow } }: { item: InboxItem }) {
  const text = useText(directiveWords);
  const now = useNow();
  const settled = follow.doneAt !== null || follow.timing === 'on-time';
  const over = directive.deadline !== null && Date.parse(directive.deadline) <= now && !settled;
  return (
    <strong className={over ? 'directive-due over' : 'directive-due'}>
      {deadlineOf(directive.deadline, now, text, settled)}
    </strong>
  );
}
