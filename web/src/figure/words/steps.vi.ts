import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  /** Of a list that begins with the newest. */
  range: (first: string, last: string, all: string) => `Hiện ${first}–${last} trên ${all}, mới nhất trước.`,
  newer: 'Mới hơn',
  older: 'Cũ hơn',
};

export type StepsWords = Shape<typeof vi>;
/** Words of a long list of values that is read page by page. */
export const stepsWords = defineWords(vi, () => import('./steps.en.ts'));
