import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  asOf: (when: string) => `Số liệu lúc ${when}`,
  stale: (when: string) => `Số liệu cũ, lấy lúc ${when}`,
  loading: 'Đang lấy số liệu…',
  failed: (why: string) => `Chưa lấy được: ${why}`,
  more: 'Xem thêm',
  none: 'Không có đơn vị nào khớp.',
};

export type ListWords = Shape<typeof vi>;
/** Words of figures and lists at the desks of officials. */
export const listWords = defineWords(vi, () => import('./lists.en.ts'));
