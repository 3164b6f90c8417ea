import { plural } from '../../i18n/plural.ts';
import type { PasswordWords } from './password.vi.ts';

export const en: PasswordWords = {
  title: 'Set a password',
  whose: (name, unit) => `For the account ${name}, ${unit}`,
  login: 'Login',
  password: 'New password',
  again: 'The same again',
  hint: (n) => `${plural(n, 'character')} at least. Nobody else knows it.`,
  differ: 'The two are not the same.',
  short: (n) => `A password has ${plural(n, 'character')} at least.`,
  set: 'Set the password',
  done: 'The password is set',
  doneBody: (login) => `From now on sign in as ${login} with this password. All other devices sign in again.`,
  enter: 'To the sign-in page',
};
