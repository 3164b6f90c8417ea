import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  isOpen: 'Phòng họp tiếp theo đã mở',
  comes: 'Phiên họp tiếp theo',
  enter: 'Đến cửa phòng họp',
  wait: 'Chờ phiên họp này',
};

export type NextRoomWords = Shape<typeof vi>;
/** Words of the way from one briefing to the next. */
export const nextRoomWords = defineWords(vi, () => import('./nextRoom.en.ts'));
