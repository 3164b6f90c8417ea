import type { StillsWords } from './stills.vi.ts';

export const en: StillsWords = {
  still: (time) => `Still of the screen, updated at ${time}`,
  begins: 'Weak line: the screen is seen by stills, updated when it changes.',
};
