import { plural } from '../../i18n/plural.ts';
import type { PasswordWords } from './password.vi.ts';

export const en: PasswordWords = {
  title: 'Set a password',
  whose: (name, unit) => `For the account ${name}, ${unit}`,
  login: 'Login',
  password: 'New password',
  again: 'Repeat the password',
  hint: (n) => `At least ${plural(n, 'character')}. Nobody else will know it.`,
  differ: 'The two passwords do not match.',
  short: (n) => `A password needs at least ${plural(n, 'character')}.`,
  set: 'Set the password',
  done: 'The password is set',
  doneBody: (login) =>
    `From now on sign in as ${login} with this password. All other devices will have to sign in again.`,
  enter: 'Go to the sign-in page',
};
