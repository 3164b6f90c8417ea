import type { ChooseKeptWords } from './chooseKept.vi.ts';

export const en: ChooseKeptWords = {
  title: 'Continue as which unit?',
  body: 'This browser keeps the sessions of the units below.',
  other: 'Somebody else signs in',
};
