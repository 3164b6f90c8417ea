import { type FigureStop, inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Xem lại',
  slider: 'Thời điểm xem lại, dừng ở từng việc đã ghi',
  day: 'Ngày',
  now: 'Bây giờ',
  back: 'Về hiện tại',
  before: 'Việc liền trước: chỉ đạo, cuộc gọi hoặc phiên họp',
  after: 'Việc liền sau: chỉ đạo, cuộc gọi hoặc phiên họp',
  banner: (when: string) => `Đang xem điều đã biết lúc ${when}`,
  known: (n: string, when: string) => `theo lần ghi số ${n}, ${when}`,
  noActs: 'Khi xem lại không gọi, hỏi hay chỉ đạo.',
  nothing: 'Lúc đó chưa có số liệu nào được ghi.',
  none: 'Lúc đó số liệu này chưa có giá trị nào.',
  loading: 'Đang đọc…',
  failed: 'Chưa đọc được. Trang tự thử lại.',
  noStops: 'Ngày này chưa có việc nào được ghi.',
  more: (shown: string) => `chỉ có ${shown} việc sau cùng của ngày`,
  kinds: {
    batch: (name: string) => `Số liệu từ ${name}`,
    directive: (name: string, number: string) => `Chỉ đạo số ${number}: ${name}`,
    call: (name: string) => `Gọi ${inLine(name)}`,
    opened: (name: string) => `Mở phiên họp: ${name}`,
    closed: (name: string) => `Đóng phiên họp: ${name}`,
  } satisfies Record<FigureStop['kind'], (name: string, number: string) => string>,
  revised: {
    loading: 'Đang tìm những gì đã sửa từ đó…',
    none: 'Từ đó đến nay kỳ này không có gì được sửa.',
    title: (units: string) => `Từ đó đến nay đã sửa: ${units} đơn vị`,
    whole: (before: string, now: string) => `toàn địa bàn ${before}, nay ${now}`,
    first: (shown: string, all: string) => `Nêu ${shown} đơn vị thay đổi nhiều nhất trong ${all}.`,
    otherwise: 'xếp lại nguồn, hoặc quyết định về số liệu',
    noReason: 'không ghi lý do',
  },
};

export type FigurePastWords = Shape<typeof vi>;
/** Words of going back in time. */
export const figurePastWords = defineWords(vi, () => import('./past.en.ts'));
