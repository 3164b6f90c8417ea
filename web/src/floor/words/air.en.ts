import type { AirWords } from './air.vi.ts';

export const en: AirWords = {
  title: (where) => `About to go on air to ${where}`,
  everybody: 'everybody',
  room: (name) => `the room of ${name}`,
  in: (n) => `On air in ${n}`,
  now: 'Going on air',
  by: (name) => `Invited on air by ${name}.`,
  notYet: 'Nobody sees or hears you until the count is over.',
  carded: 'Everyone sees the card: nobody will see or hear you yet when the count is over.',
  no: 'No',
  mine: 'The picture that is about to be seen',
};
