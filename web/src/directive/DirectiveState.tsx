import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  CloudUpload,
  Hourglass,
  type LucideIcon,
  Mail,
  MailOpen,
  RotateCcw,
} from 'lucide-react';
import type { Follow, FollowState } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { directiveWords } from './words/directive.vi.ts';
import './directive.css';

export const stateIcons: Readonly<Record<FollowState, LucideIcon>> = {
  sent: Mail,
  delivered: Mail,
  read: MailOpen,
  question: CircleHelp,
  acknowledged: CircleCheck,
  refused: CircleX,
  'in-progress': Hourglass,
  done: CircleCheck,
  'recall-asked': RotateCcw,
  recalled: CircleDashed,
  'recall-refused': CircleAlert,
};

/** Where the unit stands, in words; what is only kept on this computer looks different from what is on record. */
export function DirectiveState({ follow, unsent }: { follow: Follow; unsent: boolean }) {
  const { t, moment } = useText(directiveWords);
  if (unsent)
    return (
      <span className="directive-state unsent">
        <CloudUpload size={18} aria-hidden />
        {t.unsentShort}
      </span>
    );
  const Icon = stateIcons[follow.state];
  const at = follow.state === 'done' ? follow.doneAt : follow.answeredAt;
  const recorded = at && ['acknowledged', 'refused', 'done'].includes(follow.state);
  return (
    <span className={`directive-state ${follow.state}`}>
      <Icon size={18} aria-hidden />
      {t.state[follow.state]}
      {recorded && <span className="soft">{t.recorded(moment(at))}</span>}
    </span>
  );
}
