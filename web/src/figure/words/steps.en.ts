import type { StepsWords } from './steps.vi.ts';

export const en: StepsWords = {
  range: (first, last, all) => `Showing ${first}–${last} of ${all}, newest first.`,
  newer: 'Newer',
  older: 'Older',
};
