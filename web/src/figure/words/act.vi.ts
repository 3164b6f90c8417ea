import type { FigureActDone } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  /** What somebody did: `Đã cho tính · Ban Điều hành · 17:42`. */
  done: {
    release: 'Đã cho tính',
    reject: 'Đã loại',
    contest: 'Có phản ánh là sai',
    answer: 'Đã xác nhận là đúng',
    withdraw: 'Đã rút phản ánh',
  } satisfies Record<FigureActDone['act'], string>,
  release: 'Cho tính',
  reject: 'Loại',
  answer: 'Xác nhận là đúng',
  reason: {
    release: 'Vì sao cho tính?',
    reject: 'Vì sao loại?',
    answer: 'Vì sao xác nhận là đúng?',
  },
  saved: {
    release: 'Đã cho tính. Số này được tính nếu không có nguồn xếp trên.',
    reject: 'Đã loại. Số này không được tính.',
    answer: 'Phản ánh đã được trả lời.',
  },
};

export type FigureActWords = Shape<typeof vi>;
/** Words of acts on values that are held or contested. */
export const figureActWords = defineWords(vi, () => import('./act.en.ts'));
