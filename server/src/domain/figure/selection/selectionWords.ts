import type { Language } from '../../../protocol/briefing.ts';
import type { FigureState } from '../../../protocol/figure.ts';

/** What the list of a selection says. */
export interface SelectionWords {
  readonly name: string;
  /** Of its file: letters, digits and hyphens of ASCII. */
  readonly file: string;
  readonly nr: string;
  readonly code: string;
  readonly unit: string;
  readonly above: string;
  readonly indicator: string;
  readonly value: string;
  readonly measure: string;
  readonly state: string;
  readonly until: string;
  readonly period: string;
  readonly n: string;
  readonly origin: string;
  readonly simulated: string;
  readonly states: Readonly<Record<FigureState, string>>;
}

export const wordsOfSelection: Readonly<Record<Language, SelectionWords>> = {
  vi: {
    ...{ name: 'Đơn vị được chọn', file: 'don-vi-duoc-chon', nr: 'STT', code: 'Mã', unit: 'Đơn vị', above: 'Thuộc' },
    ...{ indicator: 'Chỉ tiêu', value: 'Giá trị', measure: 'Đơn vị tính', state: 'Tình trạng' },
    ...{ until: 'Số liệu đến', period: 'Kỳ bắt đầu', n: 'Lần ghi (N)', origin: 'Nguồn', simulated: 'SỐ LIỆU MÔ PHỎNG' },
    states: {
      ...{ fresh: 'đúng hạn', late: 'chậm', stale: 'quá cũ, không tính', none: 'chưa có' },
      ...{ held: 'có số mới chờ xem lại', contested: 'có ý kiến khác' },
    },
  },
  en: {
    ...{ name: 'Chosen units', file: 'chosen-units', nr: 'No.', code: 'Code', unit: 'Unit', above: 'In' },
    ...{ indicator: 'Figure', value: 'Value', measure: 'Measure', state: 'Standing' },
    ...{ until: 'Up to', period: 'Period begins', n: 'Record (N)', origin: 'Origin', simulated: 'SIMULATED FIGURES' },
    states: {
      ...{ fresh: 'fresh', late: 'late', stale: 'stale, counts no more', none: 'no value' },
      ...{ held: 'a newer value is held', contested: 'contested' },
    },
  },
};
