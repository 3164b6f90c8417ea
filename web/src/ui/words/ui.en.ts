import type { UiWords } from './ui.vi.ts';

export const en: UiWords = {
  loading: 'Opening…',
  notLoaded: 'This part could not be loaded. Reload the page to try again.',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  retry: 'Try again',
  undo: 'Undo',
  copy: 'Copy',
  copied: 'Copied',
  details: 'Details for support',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  wrong: {
    fill: 'Fill in this field.',
    choose: 'Choose.',
    form: 'This does not have the right form.',
  },
  seconds: (n) => `${n} s`,
};
