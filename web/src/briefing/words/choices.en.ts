import type { ChoicesWords } from './choices.vi.ts';

export const en: ChoicesWords = {
  output: 'Play through',
  usual: 'This device’s default',
  blur: 'Blur what is behind you',
  blurFailed: 'The browser could not blur it. Others still see what is behind you.',
};
