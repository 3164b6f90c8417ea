import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  ask: 'Hỏi một con số',
  map: 'Bản đồ con số',
  label: 'Hỏi số gì?',
  labelExample: 'Ví dụ: Giường trống',
  unit: 'Tính bằng gì?',
  unitExample: 'Ví dụ: giường',
  min: 'Ít nhất',
  max: 'Nhiều nhất',
  decimals: 'Số thập phân',
  decimalsOf: (n: number) => (n === 0 ? 'Số nguyên' : `${n} chữ số sau dấu phẩy`),
  indicator: 'Ghi vào chỉ tiêu',
  ownIndicator: 'Một chỉ tiêu riêng',
  wrongLimits: 'Hãy ghi hai giới hạn là con số, số nhiều nhất không nhỏ hơn số ít nhất.',
  question: (label: string, unit: string) => `${label}: bao nhiêu ${unit}?`,
  nobody: 'Chưa có số nào',
  from: (n: string, of: string) => `từ ${n}/${of} đơn vị`,
  held: (n: string) => `${n} số chờ xem lại, chưa cộng`,
  late: (n: string) => `${n} báo muộn`,
  without: (n: string) => `${n} chưa có số`,
  tile: (sum: string) => `tổng ${sum}`,
  byPlace: 'Con số theo địa bàn',
  place: 'Địa bàn',
  number: 'Con số',
  coverage: 'Đã báo',
  why: 'Vì sao sửa (ghi vào hồ sơ)',
  heldMark: 'chờ xem lại',
};

export type NumberDeskWords = Shape<typeof vi>;
/** Words of a number that is asked of everybody, at the desks of officials. */
export const numberDeskWords = defineWords(vi, () => import('./numberDesk.en.ts'));
