import { inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  view: 'Bản đồ',
  standing: {
    done: 'Đã xong',
    accepted: 'Đã nhận, đang làm',
    read: 'Đã đọc, chưa trả lời',
    waiting: 'Chưa đọc',
    question: 'Đang hỏi lại',
    refused: 'Chưa thể nhận',
    recalled: 'Thu hồi',
  },
  overdue: 'Quá hạn (viền đậm)',
  overdueOne: 'quá hạn',
  legend: 'Chú giải',
  tile: (name: string, done: string, accepted: string, of: string, overdue: string | undefined) =>
    `${name}: ${done} đã xong, ${accepted} đang làm, trên ${of} đơn vị${overdue === undefined ? '' : `, ${overdue} quá hạn`}`,
  noAddressee: 'không có đơn vị được giao',
  archipelago: (name: string, province: string) => `Quần đảo ${name}, ${province}`,
  call: (name: string) => `Gọi ${inLine(name)}`,
  failed: 'Chưa đọc được bản đồ. Trang tự thử lại.',
};

export type DirectiveMapWords = Shape<typeof vi>;
/** Words of the map of a directive. */
export const directiveMapWords = defineWords(vi, () => import('./map.en.ts'));
