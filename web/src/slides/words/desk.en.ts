import { MOST_PAGES } from '../../api/contract.ts';
import { plural } from '../../i18n/plural.ts';
import type { SlidesDeskWords } from './desk.vi.ts';

export const en: SlidesDeskWords = {
  title: 'Slides',
  add: 'Add a PDF',
  hint: `The file is opened on this computer, and each page is sent as a picture. At most ${MOST_PAGES} pages.`,
  opening: 'Opening the file…',
  uploading: (ready, size) => `Pages sent: ${ready} of ${size}`,
  waiting: 'The connection is down. Sending resumes by itself.',
  stop: 'Stop sending',
  none: 'No slides for this briefing yet.',
  pages: (size) => plural(size, 'page'),
  partly: (ready) => `${ready} sent so far; choose the same file again to go on`,
  ready: (shown) => (shown ? 'shown in the briefing' : 'ready'),
  isShown: 'being shown',
  show: 'Show',
  notYet: 'It can be shown once the room is open.',
  remove: (title) => `Delete ${title}`,
  removeTitle: (title) => `Delete “${title}”?`,
  removeBody: 'It was never shown, so it can be deleted. To use it again, add it again.',
  removeConfirm: 'Delete',
  keep: 'Keep',
  seen: {
    seen: (page, size) => `Everyone sees page ${page}/${size}`,
    hidden: (page, size) => `Page ${page} of ${size}. Nobody sees it now: the current picture has no content`,
    away: (page, size) => `Page ${page} of ${size}. Nobody sees it now: something else took its place`,
  },
  again: 'Show this page again',
  next: 'Next page',
  last: 'This is the last page',
  back: 'Previous page',
  forward: 'Next page',
  pointer: 'Pointer',
  pointerHint: 'Move the mouse or a finger over the page above: everyone sees a red ring.',
  keys: 'Turn pages with ← →, Page Up, Page Down or a clicker; Home and End for the first and the last.',
  end: 'Stop showing',
  problem: {
    'not-pdf': 'This file cannot be opened: it is not a PDF, or it is damaged.',
    locked: 'The file has a password. Save a copy without one and add that.',
    'too-many-pages': `The file has more than ${MOST_PAGES} pages. Split it.`,
  },
};
