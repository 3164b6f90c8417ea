import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  close: 'Đóng phiên họp',
  closeTitle: 'Đóng phiên họp cho tất cả?',
  closeBody: (n: string) => `${n} đơn vị đang có mặt sẽ rời phòng. Không mở lại được.`,
  closeConfirm: 'Đóng phiên họp',
};

export type ClosingWords = Shape<typeof vi>;
/** Words of closing a briefing. */
export const closingWords = defineWords(vi, () => import('./desk.en.ts'));
