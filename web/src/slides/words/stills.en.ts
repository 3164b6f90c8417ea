import type { StillsWords } from './stills.vi.ts';

export const en: StillsWords = {
  still: (time) => `Screen as a still picture, updated at ${time}`,
  begins: 'Weak connection: the screen is shown as still pictures, updated when it changes.',
};
