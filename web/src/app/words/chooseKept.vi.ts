import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Tiếp tục với đơn vị nào?',
  body: 'Trình duyệt này đang giữ phiên làm việc của các đơn vị dưới đây.',
  other: 'Người khác đăng nhập',
};

export type ChooseKeptWords = Shape<typeof vi>;
/** Words of a choice between people of one browser. */
export const chooseKeptWords = defineWords(vi, () => import('./chooseKept.en.ts'));
