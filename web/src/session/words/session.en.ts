import type { SessionWords } from './session.vi.ts';

export const en: SessionWords = {
  switchLanguage: 'Chuyển sang tiếng Việt',
  theme: { dark: 'Dark', light: 'Light' },
};
