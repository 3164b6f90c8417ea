import type { NumberWords } from './number.vi.ts';

export const en: NumberWords = {
  inUnit: (label, unit) => `${label} (${unit})`,
  limits: (min, max) => `From ${min} to ${max}.`,
  example: 'Write 1,200 or 1200.',
  said: (value, words) => `${value}: ${words}`,
  none: 'The unit does not have this number yet',
  faults: {
    empty: 'Write the number, or tick that the unit does not have it yet.',
    form: 'This is no number. Write 1,200 or 1200.',
    decimals: 'This number has more decimals than are asked for.',
  },
  beyond: (min, max) => `Only from ${min} to ${max}.`,
  really: (number) => `Is it really ${number}?`,
  before: (value) => `What counts of the unit now: ${value}.`,
  unusual: 'This is far from what is usual.',
  heldThen: 'If so, it is recorded, and looked at before it is added to the sum.',
  yes: (number) => `Yes, send ${number}`,
  no: 'Change the number',
  given: (value) => `Said: ${value}`,
  held: 'It is looked at first, and not in the sum yet.',
  changed: (by, why) => `${by} changed it: ${why}`,
  noneGiven: 'No number was said.',
};
