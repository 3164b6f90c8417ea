import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  left: (minutes: number) => `Còn lại của mục này (${minutes} phút)`,
  over: (minutes: number) => `Quá ${minutes} phút dự kiến của mục này`,
  leftShort: 'Mục còn',
  overShort: 'Mục quá',
  ownLeft: (minutes: number) => `Thời gian phát biểu còn lại (${minutes} phút)`,
  ownOver: (minutes: number) => `Đã quá ${minutes} phút phát biểu`,
  given: (minutes: number) => `Thời gian phát biểu là ${minutes} phút, tính từ bây giờ.`,
  ended: (minutes: number) => `Đã hết ${minutes} phút phát biểu.`,
  give: 'Hẹn giờ',
  giveTo: (name: string) => `cho ${name}`,
  leftTo: (name: string) => `còn lại, hẹn giờ cho ${name}`,
  overBy: (time: string) => `Quá ${time}`,
  overTo: (name: string) => `hẹn giờ cho ${name}`,
  minutes: (minutes: number) => `${minutes} phút`,
  end: 'Bỏ hẹn giờ',
  gave: (name: string, minutes: number) => `Đã hẹn ${minutes} phút cho ${name}`,
  gaveNone: (name: string) => `Đã bỏ hẹn giờ của ${name}`,
  endedOf: (name: string, minutes: number) => `${name} đã hết ${minutes} phút phát biểu.`,
};

export type TimerWords = Shape<typeof vi>;
/** The planned time of the item that runs, and the time that a speaker was given. */
export const timerWords = defineWords(vi, () => import('./timer.en.ts'));
