import type { ModeratorWords } from './moderator.vi.ts';

export const en: ModeratorWords = {
  title: 'Moderator’s desk',
  queue: 'Queue',
  hands: 'Raised hands',
  admit: 'To green room',
  dismiss: 'Dismiss',
  removeTitle: (name) => `Remove ${name}?`,
  removeBody:
    'This device is removed and kept out until the briefing ends. The unit’s link stays valid for the next one.',
  removeWhy: 'Reason (goes on record)',
  role: {
    principal: 'Principal',
    moderator: 'Moderator',
    seat: 'Unit',
    operator: 'Operator',
    screen: 'Screen',
    steward: 'Figures',
  },
};
