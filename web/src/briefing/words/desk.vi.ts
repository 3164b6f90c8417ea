import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  close: 'Đóng phiên họp',
  closeTitle: 'Đóng phiên họp cho tất cả?',
  closeBody: (n: string) =>
    n === '0'
      ? 'Hiện không có đơn vị nào đang kết nối. Đóng rồi không mở lại được.'
      : `${n} đơn vị đang kết nối sẽ rời phòng họp. Đóng rồi không mở lại được.`,
  closeConfirm: 'Đóng phiên họp',
};

export type BriefingDeskWords = Shape<typeof vi>;
/** Words of closing a briefing. */
export const briefingDeskWords = defineWords(vi, () => import('./desk.en.ts'));
