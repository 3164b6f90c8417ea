import { defineWords, type Shape } from '../../../i18n/words.ts';

const vi = {
  title: 'Màn hình số liệu',
  silent: (time: string) => `Không cập nhật từ ${time}`,
  none: 'Hiện không có số liệu nào đang chiếu',
  onAir: 'Đang lên hình',
  crossings: 'Đã đổi mức',
};

export type WallWords = Shape<typeof vi>;
/** What a wall of figures says beside what the room has put on the stage. */
export const wallWords = defineWords(vi, () => import('./wall.en.ts'));
