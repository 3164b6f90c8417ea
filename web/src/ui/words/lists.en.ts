import type { ListWords } from './lists.vi.ts';

export const en: ListWords = {
  asOf: (when) => `Figures from ${when}`,
  stale: (when) => `Out of date: figures from ${when}`,
  loading: 'Loading figures…',
  failed: (why) => `Could not be loaded: ${why}`,
  more: 'Show more',
  none: 'No unit matches.',
};
