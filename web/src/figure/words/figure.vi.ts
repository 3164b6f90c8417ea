import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Số liệu',
};

export type FigureWords = Shape<typeof vi>;
/** The few words of figures that pages need before anybody looks at one. */
export const figureWords = defineWords(vi, () => import('./figure.en.ts'));
