import type { ResubmissionWords } from './resubmission.vi.ts';

export const en: ResubmissionWords = {
  title: 'Resubmitted after a restore',
  restored: (when) =>
    `The system was restored from a backup of ${when}. This device has resubmitted its later receipts:`,
  taken: (n) => `${n} recorded again, with the time of the first answer.`,
  overtaken: (n) => `${n} kept but not counted, because the unit has answered again since the restore.`,
  gone: (n) => `${n} kept, but that roll-call or directive is no longer on record. Please tell the moderator.`,
  claimed: (n) => `${n} without a receipt known to the system. A moderator will review it; it does not count yet.`,
  read: 'Read',
  lead: (backup, at) =>
    `The record was restored at ${at} from a backup of ${backup}. This is what units have resubmitted.`,
  none: 'No unit has resubmitted anything yet.',
  never: 'This record has never been restored from a backup.',
  outcome: {
    taken: 'Recorded again',
    overtaken: 'Kept, not counted: the unit has answered again',
    gone: 'Kept, not counted: its roll-call or directive is gone',
    claimed: 'The device reports that it was sent; there is no proof',
  },
  kind: { answer: 'Roll-call', act: 'Directive' },
  said: {
    chair: 'The chair answers',
    deputy: 'The deputy answers',
    substitute: 'A substitute answers',
    delivered: 'Delivered',
    read: 'Read',
    acknowledge: 'Accepted',
    refuse: 'Reported: cannot accept',
    ask: 'Asked a question',
    start: 'In progress',
    done: 'Reported as done',
    'agree-recall': 'Agrees to the recall',
    'refuse-recall': 'Refuses the recall',
  },
  first: (when) => `first at ${when}`,
  again: (when, by) => `resubmitted by ${by} at ${when}`,
};
