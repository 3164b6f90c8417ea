import type { NumberWords } from './number.vi.ts';

export const en: NumberWords = {
  inUnit: (label, unit) => `${label} (${unit})`,
  limits: (min, max) => `From ${min} to ${max}.`,
  example: 'Write 1,200 or 1200.',
  said: (value, words) => `${value}: ${words}`,
  none: 'The unit does not have this number yet',
  faults: {
    empty: 'Write the number, or tick that the unit does not have it yet.',
    form: 'This is not a number. Write 1,200 or 1200.',
    decimals: 'This number has more decimals than asked for.',
  },
  beyond: (min, max) => `Only from ${min} to ${max}.`,
  really: (number) => `Is it really ${number}?`,
  before: (value) => `The unit’s current value: ${value}.`,
  unusual: 'This is far from the usual value.',
  heldThen: 'If so, it is recorded, and reviewed before it is added to the total.',
  yes: (number) => `Yes, send ${number}`,
  no: 'Change the number',
  given: (value) => `Answered: ${value}`,
  held: 'It will be reviewed first, and is not in the total yet.',
  changed: (by, why) => `${by} changed it: ${why}`,
  noneGiven: 'No number was given.',
};
