import type { ContradictionWords } from './contradiction.vi.ts';

export const en: ContradictionWords = {
  title: 'The record does not match a receipt',
  own: (n, count) =>
    n === 1
      ? 'The system holds something other than the receipt that this device was given. The receipt on this device remains valid.'
      : `The system holds something other than ${count} receipts that this device was given. The receipts on this device remain valid.`,
  ask: 'Please save the evidence and tell the moderator. The offices above your unit are told as well.',
  kinds: {
    round_entries: 'Roll-call',
    directive_acts: 'Directive',
    question_acts: 'Question',
    figure_entries: 'Figures',
  },
  sealed: (when) => `recorded at ${when}`,
  place: (seal, leaf) => `seal ${seal}, place ${leaf}`,
  more: (n) => `and ${n} more receipts`,
  save: 'Save evidence',
  fold: 'Fold',
  unfold: 'Show again',
  read: 'Read',
  silentTitle: 'Receipts not compared yet',
  silent: 'The server has not answered for a minute. The page keeps asking; the receipts stay on this device.',
  leadersTitle: 'Units report that the record does not match their receipts',
  leaders: 'Please save the evidence and have the record verified. Change nothing on the system before that is done.',
  unproven: 'Not proven that the system gave this receipt',
  foundBy: (who, when) => `found by ${who} at ${when}`,
  from: (address) => `from address ${address}`,
};
