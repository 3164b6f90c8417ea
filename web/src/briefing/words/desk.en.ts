import type { BriefingDeskWords } from './desk.vi.ts';

export const en: BriefingDeskWords = {
  close: 'Close the briefing',
  closeTitle: 'Close the briefing for everyone?',
  closeBody: (n) => `${n} units that are present leave the room. It cannot be opened again.`,
  closeConfirm: 'Close the briefing',
};
