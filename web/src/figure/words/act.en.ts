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
  answer: 'Confirm',
  reason: {
    release: 'Why is it released?',
    reject: 'Why is it rejected?',
    answer: 'Why is it right?',
  },
  saved: {
    release: 'Released. It counts unless a better source has a value.',
    reject: 'Rejected. It does not count.',
    answer: 'The contest is answered.',
  },
};
