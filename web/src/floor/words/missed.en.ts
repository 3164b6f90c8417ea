import type { MissedWords } from './missed.vi.ts';

export const en: MissedWords = {
  looked: (who, when) => `${who} looked for your unit at ${when}.`,
  what: {
    'not-connected': 'No computer of your unit was connected then.',
    'timed-out': 'It rang, and nobody answered.',
    cancelled: 'The caller stopped before your unit answered.',
  },
  read: 'Understood',
  failed: 'It was not recorded yet; press again.',
};
