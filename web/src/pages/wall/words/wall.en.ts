import type { WallWords } from './wall.vi.ts';

export const en: WallWords = {
  title: 'Wall of figures',
  silent: (time) => `Not updated since ${time}`,
  none: 'No figures are being shown',
  onAir: 'On air',
  crossings: 'Crossed a limit',
};
