import type { SlidesWords } from './slides.vi.ts';

export const en: SlidesWords = {
  slides: (title) => `Slides: ${title}`,
  page: (page, size) => `Page ${page} of ${size}`,
  spoken: (title, page, size) => `${title}: page ${page} of ${size}`,
  loading: (page) => `Loading page ${page}…`,
  noText: (page) => `Page ${page} is a picture with no readable text.`,
  screenOf: (name) => `Screen of ${name}`,
  screenComes: (name) => `Loading the screen of ${name}…`,
  ownScreen: 'Everyone sees the screen of this computer.',
  share: 'Share a screen',
  shareEnd: 'Stop sharing',
  shareFailed: 'The screen could not be shared. Try again, or choose another window.',
};
