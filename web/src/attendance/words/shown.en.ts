import type { ShownWords } from './shown.vi.ts';

export const en: ShownWords = {
  title: 'Rooms the unit was shown',
  common: 'Main room',
  room: (unit) => `Room of ${unit}`,
  none: 'The unit took no part in this briefing.',
  still: 'now',
  span: (from, to) => `${from} to ${to}`,
};
