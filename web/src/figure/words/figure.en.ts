import type { FigureWords } from './figure.vi.ts';

export const en: FigureWords = {
  title: 'Figures',
};
