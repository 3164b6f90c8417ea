import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  switchLanguage: 'Switch to English',
  signOut: 'Đăng xuất',
  support: 'Cần người giúp, xin gọi',
  theme: { dark: 'Nền tối', light: 'Nền sáng' },
};

export type SessionWords = Shape<typeof vi>;
/** Words of the switches of language and theme. */
export const sessionWords = defineWords(vi, () => import('./session.en.ts'));
