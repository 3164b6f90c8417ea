import type { FigureActDone } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  /** What somebody did: `Ghi nhận · Ban Điều hành · 17:42`. */
  done: {
    release: 'Đã ghi nhận',
    reject: 'Đã trả lại',
    contest: 'Có phản ánh là sai',
    answer: 'Đã xác nhận là đúng',
    withdraw: 'Đã rút phản ánh',
  } satisfies Record<FigureActDone['act'], string>,
  release: 'Ghi nhận',
  reject: 'Trả lại',
  answer: 'Xác nhận là đúng',
  reason: {
    release: 'Vì sao ghi nhận?',
    reject: 'Vì sao trả lại?',
    answer: 'Vì sao xác nhận là đúng?',
  },
  saved: {
    release: 'Giá trị đã được ghi nhận và đang được tính.',
    reject: 'Giá trị đã được trả lại và không được tính.',
    answer: 'Phản ánh đã được trả lời.',
  },
};

export type FigureActWords = Shape<typeof vi>;
/** Words of acts on values that are held or contested. */
export const figureActWords = defineWords(vi, () => import('./act.en.ts'));
