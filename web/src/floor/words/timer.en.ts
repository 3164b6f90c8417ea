import type { TimerWords } from './timer.vi.ts';

export const en: TimerWords = {
  left: (minutes) => `Left of this item (${minutes} min)`,
  over: (minutes) => `Over the ${minutes} min planned for this item`,
  leftShort: 'Item left',
  overShort: 'Item over',
  ownLeft: (minutes) => `Left of your time to speak (${minutes} min)`,
  ownOver: (minutes) => `Over your ${minutes} min to speak`,
  given: (minutes) => `You have ${minutes} min to speak, from now on.`,
  ended: (minutes) => `Your ${minutes} min to speak are over.`,
  give: 'Set time',
  giveTo: (name) => `for ${name}`,
  leftTo: (name) => `left, set time for ${name}`,
  overBy: (time) => `Over ${time}`,
  overTo: (name) => `set time for ${name}`,
  minutes: (minutes) => `${minutes} min`,
  end: 'Remove the timer',
  gave: (name, minutes) => `${name} has ${minutes} min to speak`,
  gaveNone: (name) => `${name} has no timer any more`,
  endedOf: (name, minutes) => `The ${minutes} min of ${name} are over.`,
};
