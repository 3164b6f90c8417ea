import { MOST_PAGES } from '../../api/contract.ts';
import { plural } from '../../i18n/plural.ts';
import type { SlidesDeskWords } from './desk.vi.ts';

export const en: SlidesDeskWords = {
  title: 'Slides',
  add: 'Add a PDF',
  hint: `The file is opened on this computer, and each page is sent as a picture. At most ${MOST_PAGES} pages.`,
  opening: 'Opening the file…',
  uploading: (ready, size) => `Pages sent: ${ready} of ${size}`,
  waiting: 'The line is away. Sending goes on by itself.',
  stop: 'Stop sending',
  none: 'No file for this briefing yet.',
  pages: (size) => plural(size, 'page'),
  partly: (ready) => `${ready} sent so far; choose the same file again to go on`,
  ready: (shown) => (shown ? 'was shown in the briefing' : 'ready'),
  isShown: 'everyone sees it now',
  show: 'Show',
  notYet: 'It can be shown when the doors are open.',
  remove: (title) => `Delete ${title}`,
  removeTitle: (title) => `Delete “${title}”?`,
  removeBody: 'It was never shown, so it can be deleted. To use it again, add it anew.',
  removeConfirm: 'Delete',
  keep: 'Keep',
  now: (page, size) => `Everyone sees page ${page}/${size}`,
  next: 'Next page',
  last: 'This is the last page',
  back: 'Page back',
  forward: 'Next page',
  pointer: 'Point',
  pointerHint: 'Move the mouse or a finger on the page above: everyone sees a red ring.',
  keys: 'Turn pages with ← →, Page Up, Page Down or a clicker; Home and End for the first and the last.',
  end: 'Stop showing',
  problem: {
    'not-pdf': 'This file cannot be opened: it is no PDF, or it is damaged.',
    locked: 'The file has a password. Save a copy without one and add that.',
    'too-many-pages': `The file has more than ${MOST_PAGES} pages. Split it.`,
  },
};
