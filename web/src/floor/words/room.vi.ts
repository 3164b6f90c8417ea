import { inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  room: (unit: string) => `Phòng họp của ${inLine(unit)}`,
  arrived: (unit: string) => `Đang ở phòng họp của ${inLine(unit)}.`,
  ends: (seconds: number) => `Phòng này kết thúc sau ${seconds} giây`,
  ending: (seconds: number) => `Phòng họp riêng kết thúc sau ${seconds} giây, rồi tất cả trở lại phòng họp cấp trên.`,
  common: 'Phòng họp chung',
  aboveSaid: (unit: string | null, speaker: string) =>
    `Hình nhỏ, không có tiếng: ${speaker}, ở ${unit === null ? 'phòng họp chung' : `phòng họp của ${inLine(unit)}`}`,
  returned: 'Đã trở lại phòng họp chung.',
};

export type RoomWords = Shape<typeof vi>;
/** Words of which room a device is in; loaded when there is more than one. */
export const roomWords = defineWords(vi, () => import('./room.en.ts'));
