import type { ClosingWords } from './desk.vi.ts';

export const en: ClosingWords = {
  close: 'Close the briefing',
  closeTitle: 'Close the briefing for everyone?',
  closeBody: (n) => `${n} communes that are present leave the room. It cannot be opened again.`,
  closeConfirm: 'Close the briefing',
};
