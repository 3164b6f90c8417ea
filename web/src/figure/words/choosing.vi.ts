import { inLine, type SelectionRule } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Chọn đơn vị theo số liệu',
  open: 'Chọn theo ngưỡng',
  rule: 'Điều kiện',
  rules: {
    'at-least': 'Từ … trở lên',
    'at-most': 'Từ … trở xuống',
    late: 'Báo chậm',
    stale: 'Số liệu quá cũ',
    contested: 'Có ý kiến khác',
    held: 'Có số mới chờ xem lại',
    none: 'Chưa có số liệu',
  } satisfies Record<SelectionRule['is'], string>,
  limit: (measure: string) => `Ngưỡng, ${measure}`,
  bad: {
    nothing: 'Chưa có ngưỡng.',
    form: 'Không đọc được số này. Ghi 1200 hoặc 1.200, số lẻ ghi 12,5.',
    decimals: 'Số này có quá nhiều chữ số.',
  },
  counted: (units: string, place: string) => `${units} đơn vị trong ${inLine(place)}`,
  nobody: 'Không đơn vị nào.',
  takeOut: (name: string) => `Bỏ ${inLine(name)} ra`,
  takeIn: (name: string) => `Lấy lại ${inLine(name)}`,
  takenOut: (units: string) => `${units} đơn vị được bỏ ra bằng tay`,
  freeze: (units: string) => `Chốt danh sách ${units} đơn vị`,
  freezing: 'Đang chốt…',
  past: 'Đang xem số liệu đã qua: không chọn, không gọi, không chỉ đạo từ đây. Trở về hiện tại để làm.',
  frozen: (units: string) => `Đã chốt ${units} đơn vị`,
  call: (name: string) => `Gọi ${inLine(name)}`,
  callNext: (running: string, next: string) => `Dừng cuộc gọi với ${inLine(running)}, gọi ${inLine(next)}`,
  answers: (name: string) => `Người phụ trách số liệu ở ${inLine(name)}`,
  listThrough: 'Đã lần lượt qua hết danh sách.',
  otherCall: 'Đang có cuộc gọi khác.',
  direct: (units: string) => `Chỉ đạo ${units} đơn vị này`,
  ask: (units: string) => `Hỏi ${units} đơn vị này`,
  preparing: 'Đang chuẩn bị bảng kèm theo…',
  csv: 'Tải danh sách (CSV)',
  drop: 'Bỏ danh sách này',
  more: (units: string) => `và ${units} đơn vị nữa, có đủ trong tệp CSV`,
};

export type ChoosingWords = Shape<typeof vi>;
/** Words of whoever chooses units by a figure and acts on them. */
export const choosingWords = defineWords(vi, () => import('./choosing.en.ts'));
