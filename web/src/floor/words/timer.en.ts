import type { TimerWords } from './timer.vi.ts';

export const en: TimerWords = {
  left: (minutes) => `Left of this item (${minutes} min)`,
  over: (minutes) => `Over the ${minutes} min planned for this item`,
};
