import type { ListWords } from './lists.vi.ts';

export const en: ListWords = {
  asOf: (when) => `Figures of ${when}`,
  stale: (when) => `Old figures, from ${when}`,
  loading: 'Getting the figures…',
  failed: (why) => `Could not be read: ${why}`,
  more: 'Show more',
  none: 'No unit fits.',
};
