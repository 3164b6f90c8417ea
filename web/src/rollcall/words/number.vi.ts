import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  inUnit: (label: string, unit: string) => `${label} (${unit})`,
  limits: (min: string, max: string) => `Từ ${min} tới ${max}.`,
  example: 'Viết 1.200 hoặc 1200.',
  /** A value is a number with its unit. */
  said: (value: string, words: string) => `${value}: ${words}`,
  none: 'Đơn vị chưa có số này',
  faults: {
    empty: 'Hãy ghi con số, hoặc đánh dấu là đơn vị chưa có số.',
    form: 'Đây không phải là một con số. Viết 1.200 hoặc 1200.',
    decimals: 'Số này có nhiều chữ số thập phân hơn được hỏi.',
  },
  beyond: (min: string, max: string) => `Chỉ nhận từ ${min} tới ${max}.`,
  really: (number: string) => `Đúng là ${number}?`,
  before: (value: string) => `Số đang được tính của đơn vị: ${value}.`,
  unusual: 'Số này khác hẳn mọi khi.',
  heldThen: 'Nếu đúng, số được ghi lại và được xem lại trước khi cộng vào tổng.',
  yes: (number: string) => `Đúng, gửi ${number}`,
  no: 'Sửa lại số',
  given: (value: string) => `Đã báo: ${value}`,
  held: 'Đang chờ xem lại, chưa cộng vào tổng.',
  changed: (by: string, why: string) => `${by} đã sửa: ${why}`,
  noneGiven: 'Chưa báo số.',
};

export type NumberWords = Shape<typeof vi>;
/** Words of a number that a unit is asked for. */
export const numberWords = defineWords(vi, () => import('./number.en.ts'));
