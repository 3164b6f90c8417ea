import type { NewsWords } from './news.vi.ts';

export const en: NewsWords = {
  title: 'This account was changed',
  entered: {
    title: 'A new device is in by the code of an invitation',
    lead: 'If this is not a device of the unit, end its session at once.',
    end: 'End the session of that device',
    ended: 'That device is out. The code of the invitation no longer works.',
  },
  lead: 'If this does not look right, call the moderator at once.',
  seen: 'Seen',
  commandLine: 'Administrator of the server',
  changed: (from: string, to: string) => `Changed the account: from ${from} to ${to}`,
  role: {
    principal: 'Principal',
    moderator: 'Moderator',
    seat: 'Seat of the unit',
    operator: 'Operator',
    screen: 'Screen',
    steward: 'Steward of figures',
  },
  did: {
    'account.disabled': 'Disabled this account',
    'account.enabled': 'Enabled this account again',
    'code.used': 'A new device is in by the code of an invitation',
    'link.issued': 'Issued a new personal link; earlier ones no longer work',
    'link.withdrawn': 'Withdrew a personal link',
    'password.offered': 'Issued a link to set the password anew',
    'password.set': 'Set a new password',
    'session.ended': 'Signed one device out',
  },
};
