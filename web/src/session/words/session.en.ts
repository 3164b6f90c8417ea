import type { SessionWords } from './session.vi.ts';

export const en: SessionWords = {
  switchLanguage: 'Chuyển sang tiếng Việt',
  shortcuts: 'Shortcut keys',
  shortcutsOn: 'Shortcut keys are on: a single key acts at once',
  shortcutsOff: 'Shortcut keys are off: press to turn them on',
  signOut: 'Sign out',
  support: 'For help, call',
  theme: { dark: 'Dark', light: 'Light' },
};
