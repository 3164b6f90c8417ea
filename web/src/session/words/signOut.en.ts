import type { SignOutWords } from './signOut.vi.ts';

export const en: SignOutWords = {
  title: 'Sign out of this device?',
  signOut: 'Sign out',
  nothing:
    'Everything this site keeps on this device is deleted. To come back, open your personal link here, or sign in.',
  something: 'Still kept on this device:',
  ownUnsent: (n: number) =>
    n === 1
      ? 'One answer of yours that has not reached the server'
      : `${n} answers of yours that have not reached the server`,
  othersUnsent: (n: number) =>
    n === 1
      ? 'One answer by somebody else that has not reached the server'
      : `${n} answers by others that have not reached the server`,
  ownDraft: 'A directive you are writing',
  othersDrafts: (n: number) =>
    n === 1 ? 'A directive somebody else is writing' : `${n} directives others are writing`,
  choice:
    'If you keep them, each person can continue after signing in here again. If you delete them, nobody can recover them.',
  keepAll: 'Sign out, keep them',
  deleteAll: 'Delete all and sign out',
};
