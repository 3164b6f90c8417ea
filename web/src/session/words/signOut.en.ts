import type { SignOutWords } from './signOut.vi.ts';

export const en: SignOutWords = {
  title: 'Sign out of this computer?',
  signOut: 'Sign out',
  nothing:
    'All that this site keeps on this computer is deleted. To come back, open your personal link on it, or sign in.',
  something: 'On this computer are still kept:',
  ownUnsent: (n: number) =>
    n === 1
      ? 'One answer of yours that has not reached the server'
      : `${n} answers of yours that have not reached the server`,
  othersUnsent: (n: number) =>
    n === 1
      ? 'One answer of somebody else that has not reached the server'
      : `${n} answers of others that have not reached the server`,
  ownDraft: 'A directive that you are writing',
  othersDrafts: (n: number) =>
    n === 1 ? 'A directive that somebody else is writing' : `${n} directives that others are writing`,
  choice:
    'If they are kept, each person can go on with them after signing in here again. If they are deleted, nobody gets them back.',
  keepAll: 'Sign out, keep them',
  deleteAll: 'Delete all and sign out',
};
