import type { MissedWords } from './missed.vi.ts';

export const en: MissedWords = {
  looked: (who, when) => `${who} tried to reach your unit at ${when}.`,
  what: {
    'not-connected': 'None of your unit’s devices was connected at the time.',
    'timed-out': 'It rang, but nobody answered.',
    cancelled: 'The caller stopped before your unit answered.',
  },
  read: 'Understood',
  failed: 'Not recorded yet; press again.',
};
