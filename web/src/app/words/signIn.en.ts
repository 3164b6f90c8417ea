import type { SignInWords } from './signIn.vi.ts';

export const en: SignInWords = {
  title: 'Open your personal link, or type the code of your invitation',
  body: 'The moderator sends each unit its link. Without a link, type the two codes that are printed on the invitation to the briefing.',
  next: 'Neither a link nor an invitation? Ask the moderator for another one.',
  code: {
    unit: 'Unit code',
    code: 'Entry code',
    hint: 'Upper and lower case are the same. The code is for one device.',
    enter: 'Enter with the code',
  },
  login: 'Login',
  password: 'Password',
  byPassword: 'Sign in with a password',
  byCode: 'Type the code of the invitation',
  enter: 'Sign in',
};
