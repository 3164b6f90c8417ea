import type { ViewerWords } from './viewer.vi.ts';

export const en: ViewerWords = {
  title: 'View on this device',
  pin: 'Show large',
  asAll: 'As everyone sees it',
  content: 'What is being shown',
  smaller: 'Smaller',
  larger: 'Larger',
  times: (n) => `${n}×`,
  float: 'Picture in a floating window',
  here: 'Changes this device only.',
};
