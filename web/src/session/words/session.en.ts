import type { SessionWords } from './session.vi.ts';

export const en: SessionWords = {
  switchLanguage: 'Chuyển sang tiếng Việt',
  signOut: 'Sign out',
  theme: { dark: 'Dark', light: 'Light' },
};
