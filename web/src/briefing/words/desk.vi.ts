import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  close: 'Đóng phiên họp',
  closeTitle: 'Đóng phiên họp cho tất cả?',
  closeBody: (n: string) => `${n} đơn vị đang kết nối sẽ rời phòng. Không mở lại được.`,
  closeConfirm: 'Đóng phiên họp',
};

export type BriefingDeskWords = Shape<typeof vi>;
/** Words of closing a briefing. */
export const briefingDeskWords = defineWords(vi, () => import('./desk.en.ts'));
