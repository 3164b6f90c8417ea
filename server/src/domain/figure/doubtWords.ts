import type { DoubtReason, HeldFor } from '../../protocol/figureDoubt.ts';
import { USUAL } from './limits.ts';

/** What is said to whoever sent a value that is held, and to whoever decides on it. */
const words: Readonly<Record<DoubtReason, HeldFor['say']>> = {
  band: {
    vi: 'Nằm ngoài khoảng thường gặp của chỉ tiêu',
    en: 'Outside the usual range for this figure',
  },
  falls: {
    vi: 'Số luỹ kế thấp hơn số đã đạt trước đó',
    en: 'A running total lower than it was before',
  },
  'over-whole': {
    vi: 'Lớn hơn tổng mà nó là một phần',
    en: 'Greater than the whole it is part of',
  },
  'under-part': {
    vi: 'Nhỏ hơn một phần của chính nó',
    en: 'Smaller than one of its own parts',
  },
  jump: {
    vi: 'Tăng hoặc giảm nhiều lần so với kỳ trước',
    en: 'Many times higher or lower than the previous value',
  },
  unusual: {
    vi: `Khác xa mức thường thấy của đơn vị trong ${USUAL.periods} kỳ gần đây`,
    en: `Far from the unit’s usual values over the last ${USUAL.periods} periods`,
  },
  many: {
    vi: 'Giữ cả lô: quá nhiều giá trị trong lô đáng ngờ',
    en: 'Held with its whole batch: too many of its values are unusual',
  },
  gone: {
    vi: 'Giữ cả lô: thiếu quá nửa số đơn vị thường có trong lô',
    en: 'Held with its whole batch: more than half of the usual units are missing',
  },
};

export const doubtWords = (reason: DoubtReason): HeldFor['say'] => words[reason];

/** With it, what is said of it. */
export const doubtSaid = (reason: DoubtReason | null) => ({ reason, say: reason && doubtWords(reason) });
