import { inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Phòng họp đơn vị đã xem',
  common: 'Phòng họp chung',
  room: (unit: string) => `Phòng họp của ${inLine(unit)}`,
  none: 'Đơn vị không tham gia phiên họp này.',
  still: 'nay',
  span: (from: string, to: string) => `${from} đến ${to}`,
};

export type ShownWords = Shape<typeof vi>;
/** Words of which rooms a unit was shown. */
export const shownWords = defineWords(vi, () => import('./shown.en.ts'));
