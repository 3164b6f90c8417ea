import { type FigureState, inLine, type SelectionRule } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  noValue: 'chưa có',
  why: 'Vì sao đơn vị này',
  whyThese: 'Vì sao các đơn vị này',
  loading: 'Đang đọc số liệu được hỏi…',
  failed: 'Chưa đọc được số liệu được hỏi.',
  atLeast: (value: string) => `từ ${value} trở lên`,
  atMost: (value: string) => `từ ${value} trở xuống`,
  rules: {
    late: 'báo chậm',
    stale: 'số liệu quá cũ',
    contested: 'có ý kiến khác',
    held: 'có số mới chờ xem lại',
    none: 'chưa có số liệu',
  } satisfies Record<Exclude<SelectionRule['is'], 'at-least' | 'at-most'>, string>,
  state: {
    fresh: 'đúng hạn',
    late: 'chậm',
    stale: 'quá cũ, không tính',
    none: 'chưa có',
    held: 'có số mới chờ xem lại',
    contested: 'có ý kiến khác',
  } satisfies Record<FigureState, string>,
  until: (when: string) => `số liệu đến ${when}`,
  since: (when: string) => `biết từ ${when}`,
  /** `Công suất ICU: từ 90% trở lên, 37 đơn vị trong Việt Nam, chốt lúc 10:42 ngày 26/11/2026` */
  chosen: (name: string, rule: string, units: string, place: string, when: string) =>
    `${name}: ${rule}, ${units} đơn vị trong ${inLine(place)}, chốt lúc ${when}`,
  chosenOne: (name: string, rule: string, when: string) => `${name}: ${rule}, chốt lúc ${when}`,
  record: (n: string) => `lần ghi N = ${n}`,
  simulated: 'SỐ LIỆU MÔ PHỎNG',
};

export type SelectionWords = Shape<typeof vi>;
/** What a unit, and whoever acts on it, reads of why it was chosen. */
export const selectionWords = defineWords(vi, () => import('./selection.en.ts'));
