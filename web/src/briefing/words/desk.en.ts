import { plural } from '../../i18n/plural.ts';
import type { BriefingDeskWords } from './desk.vi.ts';

export const en: BriefingDeskWords = {
  close: 'Close the briefing',
  closeTitle: 'Close the briefing for everyone?',
  closeBody: (n) =>
    n === '0'
      ? 'No unit is connected now. A closed briefing cannot be opened again.'
      : `${plural(n, 'connected unit')} will leave the room. A closed briefing cannot be opened again.`,
  closeConfirm: 'Close the briefing',
};
