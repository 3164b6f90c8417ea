import type { ResubmissionWords } from './resubmission.vi.ts';

export const en: ResubmissionWords = {
  title: 'Sent again after a restore',
  restored: (when) =>
    `The system was restored from a backup of ${when}. This computer has sent again the receipts of later than that:`,
  taken: (n) => `${n} recorded again, with the time of the first answer.`,
  overtaken: (n) => `${n} kept but not counted, since the unit has answered again after the restore.`,
  gone: (n) => `${n} kept, but that roll-call or directive is no longer on record. Please tell the moderator.`,
  claimed: (n) => `${n} without a receipt that the system knows. A moderator will look at it; it does not count yet.`,
  read: 'Read',
  lead: (backup, at) =>
    `The record was restored at ${at} from a backup of ${backup}. This is what units have sent again.`,
  none: 'No unit has sent anything again yet.',
  never: 'This record was never restored from a backup.',
  outcome: {
    taken: 'Recorded again',
    overtaken: 'Kept, not counted: the unit has answered again',
    gone: 'Kept, not counted: its roll-call or directive is gone',
    claimed: 'The device says that it was sent; there is no proof',
  },
  kind: { answer: 'Roll-call', act: 'Directive' },
  said: {
    chair: 'The chair answers',
    deputy: 'The deputy answers',
    substitute: 'A substitute answers',
    delivered: 'Delivered',
    read: 'Read',
    acknowledge: 'Taken on',
    refuse: 'Reported: cannot accept',
    ask: 'Asked back',
    start: 'Under way',
    done: 'Reported as done',
    'agree-recall': 'Agrees to the recall',
    'refuse-recall': 'Refuses the recall',
  },
  first: (when) => `first at ${when}`,
  again: (when, by) => `sent again by ${by} at ${when}`,
};
