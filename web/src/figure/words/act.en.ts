import type { FigureActWords } from './act.vi.ts';

export const en: FigureActWords = {
  done: {
    release: 'Released',
    reject: 'Rejected',
    contest: 'Contested',
    answer: 'Confirmed',
    withdraw: 'No longer contested',
  },
  release: 'Release',
  reject: 'Reject',
  contest: 'This is wrong',
  answer: 'Confirm',
  withdraw: 'Withdraw the contest',
  reason: {
    release: 'Why is it released?',
    reject: 'Why is it rejected?',
    contest: 'What is wrong?',
    answer: 'Why is it right?',
    withdraw: 'Why is it withdrawn?',
  },
  saved: {
    release: 'Released. It counts unless a better source has a value.',
    reject: 'Rejected. It does not count.',
    contest: 'Contested. It still counts, marked as contested, until somebody answers.',
    answer: 'The contest is answered.',
    withdraw: 'The contest is withdrawn.',
  },
};
