import type { UiWords } from './ui.vi.ts';

export const en: UiWords = {
  loading: 'Opening…',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  retry: 'Try again',
  undo: 'Undo',
  undone: 'Undone',
  copy: 'Copy',
  copied: 'Copied',
  details: 'Details for support',
  seconds: (n) => `${n} s`,
};
