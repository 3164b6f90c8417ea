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
  contest: 'Báo sai',
  answer: 'Xác nhận là đúng',
  withdraw: 'Rút lại báo sai',
  reason: {
    release: 'Vì sao cho tính?',
    reject: 'Vì sao loại?',
    contest: 'Sai ở đâu?',
    answer: 'Vì sao xác nhận là đúng?',
    withdraw: 'Vì sao rút lại?',
  },
  saved: {
    release: 'Đã cho tính. Số này được tính nếu không có nguồn xếp trên.',
    reject: 'Đã loại. Số này không được tính.',
    contest: 'Đã báo sai. Số này vẫn được tính, có đánh dấu, cho tới khi có người trả lời.',
    answer: 'Phản ánh đã được trả lời.',
    withdraw: 'Đã rút lại báo sai.',
  },
};

export type FigureActWords = Shape<typeof vi>;
/** Words of acts on values that are held or contested. */
export const figureActWords = defineWords(vi, () => import('./act.en.ts'));
