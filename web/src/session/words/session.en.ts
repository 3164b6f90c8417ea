import type { SessionWords } from './session.vi.ts';

export const en: SessionWords = {
  switchLanguage: 'Chuyển sang tiếng Việt',
  signOut: 'Sign out',
  support: 'For help, call',
  theme: { dark: 'Dark', light: 'Light' },
};
