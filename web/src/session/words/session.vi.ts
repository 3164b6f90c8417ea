import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  switchLanguage: 'Switch to English',
  shortcuts: 'Phím tắt',
  shortcutsOn: 'Phím tắt đang bật: một phím làm được việc ngay',
  shortcutsOff: 'Phím tắt đang tắt: bấm để bật',
  signOut: 'Đăng xuất',
  support: 'Cần người giúp, xin gọi',
  theme: { dark: 'Nền tối', light: 'Nền sáng' },
};

export type SessionWords = Shape<typeof vi>;
/** Words of the switches of language and theme. */
export const sessionWords = defineWords(vi, () => import('./session.en.ts'));
