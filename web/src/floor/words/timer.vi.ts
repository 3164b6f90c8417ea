import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  left: (minutes: number) => `Còn lại của mục này (${minutes} phút)`,
  over: (minutes: number) => `Quá ${minutes} phút dự kiến của mục này`,
};

export type TimerWords = Shape<typeof vi>;
/** The planned time of the item that runs. */
export const timerWords = defineWords(vi, () => import('./timer.en.ts'));
