import type { DoubtReason, HeldFor } from '../../protocol/figureDoubt.ts';
import { USUAL } from './limits.ts';

/** What is said to whoever sent a value that is held, and to whoever decides on it. */
const words: Readonly<Record<DoubtReason, HeldFor['say']>> = {
  band: {
    vi: 'Nằm ngoài khoảng thường gặp của chỉ tiêu',
    en: 'Outside what is expected of this indicator',
  },
  falls: {
    vi: 'Số luỹ kế thấp hơn số đã đạt trước đó',
    en: 'A running total below what it had reached before',
  },
  'over-whole': {
    vi: 'Lớn hơn tổng mà nó là một phần',
    en: 'More than the whole of which it is a part',
  },
  'under-part': {
    vi: 'Nhỏ hơn một phần của chính nó',
    en: 'Less than a part of it',
  },
  jump: {
    vi: 'Tăng hoặc giảm nhiều lần so với kỳ trước',
    en: 'Many times the value before, or a small part of it',
  },
  unusual: {
    vi: `Khác xa mức thường thấy của đơn vị trong ${USUAL.periods} kỳ gần đây`,
    en: `Far from what its unit has had in the last ${USUAL.periods} periods`,
  },
  many: {
    vi: 'Giữ cả lô: quá nhiều giá trị trong lô đáng ngờ',
    en: 'Held with its batch: too many values of it are suspicious',
  },
  gone: {
    vi: 'Giữ cả lô: thiếu quá nửa số đơn vị thường có trong lô',
    en: 'Held with its batch: more than half of the units are missing that are usually in it',
  },
};

export const doubtWords = (reason: DoubtReason): HeldFor['say'] => words[reason];

/** With it, what is said of it. */
export const doubtSaid = (reason: DoubtReason | null) => ({ reason, say: reason && doubtWords(reason) });
