import { inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Con số đang hỏi',
  round: 'Lượt hỏi',
  roundOf: (nr: number, label: string) => `Lượt ${nr}: ${label}`,
  nobody: 'Chưa có số nào',
  asksNobody: 'Lượt này không hỏi đơn vị nào trong địa bàn.',
  from: (n: string, of: string) => `từ ${n}/${of} đơn vị`,
  left: (time: string) => `còn ${time}`,
  due: (time: string) => `hết hạn, nhận muộn đến ${time}`,
  closed: 'đã kết thúc',
  at: (time: string) => `lúc ${time}`,
  offline: (time: string) => `mất kết nối, số lấy lúc ${time}`,
  silent: (n: string, place: string) => `Chưa vào tổng trong ${inLine(place)}: ${n}`,
  allSaid: (place: string) => `Mọi đơn vị trong ${inLine(place)} đã vào tổng.`,
  missing: (n: string) => `còn thiếu ${n}`,
  more: (n: string) => `và ${n} nữa, có đủ trong bảng`,
};

export type AskedWords = Shape<typeof vi>;
/** Words of the map of a number that a roll-call asks for. */
export const askedWords = defineWords(vi, () => import('./asked.en.ts'));
